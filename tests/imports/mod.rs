//! Which module uses which, read off the syntax of their files. In:
//! [`SourceFile`]s. Out: an [`ImportGraph`] of `use` declarations and paths,
//! each name followed through `pub use` to the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::source::{SourceFile, joined};

/// A path from the crate's root: a module, or a module and names in it.
type ModulePath = Vec<String>;

/// What the names of a module mean.
#[derive(Default)]
struct Scope {
    /// Names that it defines.
    items: BTreeSet<String>,
    /// Names that it imports, with what they stand for.
    imported: BTreeMap<String, ModulePath>,
    /// What it imports all names of.
    globs: Vec<ModulePath>,
}

/// Children of one module that use each other in a circle.
pub(crate) struct Circle {
    /// The module, then its children: `extract: enhance sentence`.
    pub name: String,
    /// Which file uses which other: `src/extract/enhance.rs uses extract::sentence`.
    pub uses: Vec<String>,
}

/// Which module uses which.
pub(crate) struct ImportGraph<'a> {
    files: &'a [SourceFile],
    /// What each file uses, in the order of the files.
    targets: Vec<BTreeSet<ModulePath>>,
}

impl<'a> ImportGraph<'a> {
    pub(crate) fn new(files: &'a [SourceFile]) -> Self {
        let mut names = Names::default();
        names.modules.insert(Vec::new());
        names.modules.extend(files.iter().map(|f| f.module.clone()));
        let mut paths = Vec::new();
        for file in files {
            let mut scanner =
                Scanner { names: &mut names, module: file.module.clone(), paths: BTreeSet::new() };
            scanner.visit_file(&file.syntax);
            paths.push(scanner.paths);
        }
        let resolve = |file: &SourceFile, paths: BTreeSet<ModulePath>| {
            let targets = paths.iter().map(|path| names.defining_module(path, 8));
            targets.filter(|target| *target != file.module && !target.is_empty()).collect()
        };
        let targets = files.iter().zip(paths).map(|(f, p)| resolve(f, p)).collect();
        Self { files, targets }
    }

    /// The modules that a file uses.
    pub(crate) fn targets(&self, file: &SourceFile) -> &BTreeSet<ModulePath> {
        let at = self.files.iter().position(|f| f.path == file.path).expect("one of the files");
        &self.targets[at]
    }

    /// The circles among the children of each module; a child stands for all
    /// that lies below it. Parent and child may use each other.
    pub(crate) fn circles(&self) -> Vec<Circle> {
        let mut siblings: BTreeMap<ModulePath, Vec<Use>> = BTreeMap::new();
        for (file, targets) in self.files.iter().zip(&self.targets) {
            for target in targets {
                if let Some((parent, one)) = Use::between(file, target) {
                    siblings.entry(parent).or_default().push(one);
                }
            }
        }
        siblings.iter().flat_map(|(parent, uses)| circles_among(parent, uses)).collect()
    }
}

/// A child of a module uses another.
struct Use {
    from: String,
    to: String,
    /// For people: the file and what it uses.
    shown: String,
}

impl Use {
    /// The module under which a file and what it uses part, and its children
    /// there; none where one lies below the other.
    fn between(file: &SourceFile, target: &[String]) -> Option<(ModulePath, Self)> {
        let common = file.module.iter().zip(target).take_while(|(a, b)| a == b).count();
        let (from, to) = (file.module.get(common)?.clone(), target.get(common)?.clone());
        let shown = format!("src/{} uses {}", file.path, target.join("::"));
        Some((target[..common].to_vec(), Self { from, to, shown }))
    }
}

fn circles_among(parent: &[String], uses: &[Use]) -> Vec<Circle> {
    let children: BTreeSet<&str> = uses.iter().map(|u| u.from.as_str()).collect();
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        children.iter().map(|&child| (child, reachable(child, uses))).collect();
    let circle_of = |child: &str| -> BTreeSet<&str> {
        let back = |other: &&str| reach.get(other).is_some_and(|r| r.contains(child));
        reach[child].iter().copied().filter(back).collect()
    };
    let circles: BTreeSet<_> = children.iter().map(|c| circle_of(c)).collect();
    let circle = |members: BTreeSet<&str>| {
        let names: Vec<&str> = members.iter().copied().collect();
        let inside = |u: &&Use| members.contains(&*u.from) && members.contains(&*u.to);
        Circle {
            name: format!("{}: {}", parent.join("::"), names.join(" ")),
            uses: uses.iter().filter(inside).map(|u| u.shown.clone()).collect(),
        }
    };
    circles.into_iter().filter(|members| !members.is_empty()).map(circle).collect()
}

/// All that a child uses, directly or through others.
fn reachable<'a>(child: &str, uses: &'a [Use]) -> BTreeSet<&'a str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![child];
    while let Some(from) = open.pop() {
        for one in uses.iter().filter(|u| u.from == from) {
            if seen.insert(&one.to) {
                open.push(&one.to);
            }
        }
    }
    seen
}

/// The modules and what the names in them mean.
#[derive(Default)]
struct Names {
    modules: BTreeSet<ModulePath>,
    scopes: BTreeMap<ModulePath, Scope>,
}

impl Names {
    /// A path as it stands in a module, from the crate's root; none for what
    /// begins with another crate or a local name.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        let parent = || Some(module.split_last()?.1);
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" if rest.first().is_some_and(|r| r == "super") => self.absolute(parent()?, rest),
            "super" => Some([parent()?, rest].concat()),
            _ if self.modules.contains(&joined(module, first)) => Some([module, path].concat()),
            _ => None,
        }
    }

    /// The module that is the file where the last name of a path is defined.
    /// `turns` ends what goes round.
    fn defining_module(&self, path: &[String], turns: usize) -> ModulePath {
        let known = |n: &usize| self.modules.contains(&path[..*n]);
        let length = (0..=path.len()).rev().find(known).expect("the root is a module");
        let (module, rest) = path.split_at(length);
        let (Some((name, rest)), Some(scope)) = (rest.split_first(), self.scopes.get(module))
        else {
            return module.to_vec();
        };
        if turns == 0 || scope.items.contains(name) {
            return module.to_vec();
        }
        if let Some(meaning) = scope.imported.get(name) {
            return self.defining_module(&[meaning, rest].concat(), turns - 1);
        }
        let globs = scope.globs.iter().map(|glob| self.defining_module(glob, turns - 1));
        let defines = |glob: &ModulePath| {
            self.scopes
                .get(glob)
                .is_some_and(|s| s.items.contains(name) || s.imported.contains_key(name))
        };
        match globs.into_iter().find(defines) {
            Some(glob) => self.defining_module(&joined(&glob, name), turns - 1),
            None => module.to_vec(),
        }
    }
}

/// Collects what a file defines, imports and mentions.
struct Scanner<'a> {
    names: &'a mut Names,
    /// The module that is being read; inline modules are of the file.
    module: ModulePath,
    paths: BTreeSet<ModulePath>,
}

impl Scanner<'_> {
    fn note(&mut self, path: &[String]) {
        self.paths.extend(self.names.absolute(&self.module, path));
    }

    fn scope(&mut self) -> &mut Scope {
        self.names.scopes.entry(self.module.clone()).or_default()
    }

    fn import(&mut self, tree: &syn::UseTree, prefix: &[String]) {
        match tree {
            syn::UseTree::Path(path) => {
                self.import(&path.tree, &joined(prefix, &path.ident.to_string()));
            }
            syn::UseTree::Group(group) => {
                for item in &group.items {
                    self.import(item, prefix);
                }
            }
            syn::UseTree::Name(name) => self.import_name(&name.ident, &name.ident, prefix),
            syn::UseTree::Rename(name) => self.import_name(&name.ident, &name.rename, prefix),
            syn::UseTree::Glob(_) => {
                let glob = self.names.absolute(&self.module, prefix);
                self.note(prefix);
                self.scope().globs.extend(glob);
            }
        }
    }

    fn import_name(&mut self, ident: &syn::Ident, alias: &syn::Ident, prefix: &[String]) {
        let path =
            if ident == "self" { prefix.to_vec() } else { joined(prefix, &ident.to_string()) };
        let alias = if alias == "self" { path.last().cloned() } else { Some(alias.to_string()) };
        if let (Some(meaning), Some(alias)) = (self.names.absolute(&self.module, &path), alias) {
            self.scope().imported.insert(alias, meaning);
        }
        self.note(&path);
    }

    /// The paths in what a macro is given, which has no syntax of its own.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if colons == 2 => path.push(ident.to_string()),
                TokenTree::Ident(ident) => {
                    self.note_rooted(&path);
                    path = vec![ident.to_string()];
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.scan_tokens(group.stream()),
                _ => {
                    self.note_rooted(&path);
                    path.clear();
                }
            }
            colons = 0;
        }
        self.note_rooted(&path);
    }

    fn note_rooted(&mut self, path: &[String]) {
        if path.first().is_some_and(|first| ["crate", "self", "super"].contains(&first.as_str())) {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Scanner<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let ident = match item {
            syn::Item::Const(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Fn(item) => Some(&item.sig.ident),
            syn::Item::Static(item) => Some(&item.ident),
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::Type(item) => Some(&item.ident),
            _ => None,
        };
        if let Some(ident) = ident {
            self.scope().items.insert(ident.to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if let Some((_, items)) = &item.content {
            self.module.push(item.ident.to_string());
            for item in items {
                self.visit_item(item);
            }
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.note_rooted(&names);
        visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.scan_tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }
}
