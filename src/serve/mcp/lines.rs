//! The protocol on standard input and output, a message a line.

use std::collections::HashSet;
use std::future::Future;
use std::io;
use std::pin::pin;

use rmcp::model::{
    ClientJsonRpcMessage, ClientNotification, ClientRequest, JsonRpcMessage, RequestId,
    ServerJsonRpcMessage,
};
use rmcp::service::ServerInitializeError;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::{StdioReader, StdioWriter, Transport, stdio_pipes};
use rmcp::{RoleServer, ServiceExt};
use tokio::sync::watch;

use super::handler::Handler;
use crate::serve::error::ServeError;

/// No more is read while so much is being answered.
const ASKED: usize = 16;

/// Answers what is asked on standard input, until that ends or the future does.
pub(in crate::serve) async fn over_lines(
    handler: Handler,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let mut stop = pin!(stop);
    let begun = tokio::select! {
        begun = handler.serve(Lines::new()) => begun,
        () = &mut stop => return Ok(()),
    };
    let serving = match begun {
        Ok(serving) => serving,
        Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => return Err(ServeError::Assistant(error.to_string())),
    };
    let told = serving.cancellation_token();
    let mut ended = pin!(serving.waiting());
    let ended = tokio::select! {
        ended = &mut ended => ended,
        () = &mut stop => {
            told.cancel();
            ended.await
        }
    };
    ended.map(drop).map_err(|error| io::Error::other(error).into())
}

/// Messages on standard input and output. The input ends when all that was asked on it is
/// answered: the library would wait for some seconds only.
struct Lines {
    messages: AsyncRwTransport<RoleServer, StdioReader, StdioWriter>,
    /// What is being answered.
    asked: watch::Sender<HashSet<RequestId>>,
    /// Whether the assistant has begun a conversation. What is no request before that is
    /// passed over: the library would end with it.
    has_begun: bool,
}

impl Lines {
    fn new() -> Self {
        let (input, output) = stdio_pipes();
        let messages = AsyncRwTransport::new(input, output);
        Self { messages, asked: watch::Sender::default(), has_begun: false }
    }

    /// Waits until no more than so much is being answered.
    async fn until(&self, most: usize) {
        // The sender is here, so that the wait ends only so.
        drop(self.asked.subscribe().wait_for(|asked| asked.len() <= most).await);
    }

    /// Notes what is asked, and what is wanted no longer.
    fn note(&mut self, message: &ClientJsonRpcMessage) {
        match message {
            JsonRpcMessage::Request(request) => {
                self.has_begun |= !is_probe(&request.request);
                self.asked.send_if_modified(|asked| asked.insert(request.id.clone()));
            }
            JsonRpcMessage::Notification(notification) => {
                if let ClientNotification::CancelledNotification(it) = &notification.notification
                    && let Some(id) = &it.params.request_id
                {
                    forget(&self.asked, id);
                }
            }
            JsonRpcMessage::Response(_) | JsonRpcMessage::Error(_) => {}
        }
    }
}

/// Whether a request may come before the conversation begins.
fn is_probe(request: &ClientRequest) -> bool {
    matches!(request, ClientRequest::PingRequest(_) | ClientRequest::DiscoverRequest(_))
}

fn forget(asked: &watch::Sender<HashSet<RequestId>>, id: &RequestId) {
    asked.send_if_modified(|asked| asked.remove(id));
}

/// What a message answers.
fn answered(message: &ServerJsonRpcMessage) -> Option<RequestId> {
    match message {
        JsonRpcMessage::Response(response) => Some(response.id.clone()),
        JsonRpcMessage::Error(error) => error.id.clone(),
        JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => None,
    }
}

impl Transport<RoleServer> for Lines {
    type Error = io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let (asked, id) = (self.asked.clone(), answered(&message));
        let sending = self.messages.send(message);
        async move {
            let sent = sending.await;
            if let Some(id) = id {
                forget(&asked, &id);
            }
            sent
        }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            self.until(ASKED - 1).await;
            let Some(message) = self.messages.receive().await else {
                self.until(0).await;
                return None;
            };
            self.note(&message);
            if self.has_begun || matches!(message, JsonRpcMessage::Request(_)) {
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.messages.close().await
    }
}
