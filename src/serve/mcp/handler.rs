//! What the protocol asks, as calls; and what they give, in its words.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Resource,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::serve::assistant::{Call, Part, TOOLS};
use crate::serve::desk::Desk;
use crate::serve::http::{Problem, Reply};

const INSTRUCTIONS: &str = include_str!("../assets/mcp-instructions.txt");

/// Answers assistants from a store.
#[derive(Clone)]
pub(in crate::serve) struct Handler {
    desk: Arc<Desk>,
    tools: Arc<[Tool]>,
}

impl Handler {
    /// Has calls answered by a desk.
    pub(in crate::serve) fn new(desk: Arc<Desk>) -> Self {
        Self { desk, tools: tools() }
    }

    /// What a call gives. When nobody waits for it any longer, its work is ended.
    async fn asked<T: DeserializeOwned>(
        &self,
        call: Call,
        context: &RequestContext<RoleServer>,
    ) -> Result<T, Problem> {
        let answering = Arc::clone(&self.desk).answer(call.request());
        tokio::select! {
            reply = answering => read(&reply),
            () = context.ct.cancelled() => Err(Problem::new(503, "cancelled")),
        }
    }
}

fn tools() -> Arc<[Tool]> {
    serde_json::from_str(TOOLS)
        .expect("the file of tools is as the protocol wants it; a test reads it")
}

/// The value that a reply holds, or why there is none.
fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Problem> {
    if reply.status != 200 {
        return Err(Problem::of(reply));
    }
    serde_json::from_slice(&reply.body).map_err(|error| Problem::new(500, error.to_string()))
}

/// A problem in the words of the protocol.
fn refused(problem: Problem) -> ErrorData {
    match problem.status {
        404 => ErrorData::resource_not_found(problem.detail, None),
        400..=499 => ErrorData::invalid_params(problem.detail, None),
        _ => ErrorData::internal_error(problem.detail, None),
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let can = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let name = Implementation::new("reportedly", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(can)
            .with_server_info(name.with_title("Reportedly"))
            .with_instructions(INSTRUCTIONS.trim())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.to_vec()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.iter().find(|tool| tool.name == name).cloned()
    }

    /// What a tool gives, or why it gives nothing, which the model is to read.
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = request.name.into_owned();
        if self.get_tool(&name).is_none() {
            return Err(ErrorData::invalid_params(format!("{name}: no such tool"), None));
        }
        let arguments = request.arguments.unwrap_or_default();
        let given = self.asked::<Value>(Call::Tool { name, arguments }, &context).await;
        Ok(match given {
            Ok(value) => CallToolResult::structured(value).into(),
            Err(problem) => CallToolResult::error(vec![ContentBlock::text(problem.detail)]).into(),
        })
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let some = self.asked(Call::Resources { cursor }, &context).await;
        let some: Part<Resource> = some.map_err(refused)?;
        let listed = ListResourcesResult::with_all_items(some.results);
        Ok(ListResourcesResult { next_cursor: some.cursor, ..listed })
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let all = self.asked(Call::Templates, &context).await.map_err(refused)?;
        Ok(ListResourceTemplatesResult::with_all_items(all))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let contents = self.asked(Call::Resource { uri: request.uri }, &context).await;
        Ok(ReadResourceResult::new(vec![contents.map_err(refused)?]).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_tools_is_read() {
        let tools = tools();
        assert_eq!(tools.len(), 8);
        let file: Vec<Value> = serde_json::from_str(TOOLS).unwrap();
        for (tool, written) in tools.iter().zip(&file) {
            assert_eq!(tool.input_schema["type"], "object", "{tool:?}");
            assert_eq!(&serde_json::to_value(tool).unwrap(), written, "nothing of it is lost");
            let hints = tool.annotations.as_ref().unwrap();
            assert_eq!(hints.read_only_hint, Some(true), "{tool:?}");
        }
    }

    #[test]
    fn a_problem_is_told_in_the_words_of_the_protocol() {
        let code = |status| refused(Problem::new(status, "why")).code.0;
        assert_eq!([404, 400, 503].map(code), [-32002, -32602, -32603]);
        let problem = Problem::new(503, "over the limit");
        assert_eq!(read::<Value>(&problem.reply()), Err(problem));
    }
}
