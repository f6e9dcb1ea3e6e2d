//! HTML, read by the parser of the HTML standard, so that nothing is hidden from it that a browser would find.

use super::rules::{self, Element, Finding};
use super::{css, tag_span};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Steps for each tag, on average, after which a file is given up: tags that are nested ten thousand deep take the
/// standard's parser quadratic time. Browsers stop nesting at 512.
const MAX_STEPS: usize = 500;

/// Steps that any file may take.
const FREE_STEPS: usize = 100_000;

/// Finds what HTML makes a browser do.
pub(super) fn find(text: &str, own: Option<&str>) -> Vec<Finding> {
    let state = Rc::new(State::default());
    let sink = Sink {
        state: Rc::clone(&state),
        document: Rc::new(Node::nameless()),
        text,
        own,
    };
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: true,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(sink, options);
    // A tag is handed over as soon as it ends, so that its place is that of the last `<` before.
    let mut start = 0;
    let ends = tag_starts(text)
        .skip_while(|at| *at == 0)
        .chain([text.len()]);
    for (count, end) in ends.enumerate() {
        if state.steps.get() > FREE_STEPS + count * MAX_STEPS {
            let what = "this file could not be checked for scripts: its tags are nested too deep"
                .to_owned();
            let span = start..start;
            return vec![Finding { span, what }];
        }
        state.at.set(start);
        parser.process(StrTendril::from_slice(&text[start..end]));
        start = end;
    }
    parser.finish();
    state.found.take()
}

fn tag_starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('<').map(|(at, _)| at)
}

#[derive(Default)]
struct State {
    /// Where the piece begins that is being read.
    at: Cell<usize>,
    steps: Cell<usize>,
    found: RefCell<Vec<Finding>>,
}

/// An element, of which only the name is kept.
struct Node {
    name: QualName,
    is_integration_point: bool,
}

impl Node {
    fn nameless() -> Self {
        Self {
            name: QualName::new(None, ns!(), local_name!("")),
            is_integration_point: false,
        }
    }
}

struct Sink<'a> {
    state: Rc<State>,
    document: Rc<Node>,
    text: &'a str,
    own: Option<&'a str>,
}

impl Sink<'_> {
    fn step(&self) {
        self.state.steps.set(self.state.steps.get() + 1);
    }

    fn look_at(&self, name: &QualName, attributes: &[Attribute]) {
        let attributes: Vec<(String, String)> = attributes
            .iter()
            .map(|attribute| {
                (
                    attribute.name.local.to_string(),
                    attribute.value.to_string(),
                )
            })
            .collect();
        let element = Element {
            name: &name.local,
            attributes: &attributes,
        };
        let actions = element.actions(self.own);
        if actions.is_empty() {
            return;
        }
        let span = tag_span(self.text, self.state.at.get());
        let found = actions.into_iter().map(|what| Finding {
            span: span.clone(),
            what,
        });
        self.state.found.borrow_mut().extend(found);
    }

    fn look_at_style(&self, css: &str) {
        let foreign =
            css::addresses(css).filter(|(_, address)| rules::is_foreign(address, self.own));
        let span = tag_span(self.text, self.state.at.get());
        let found = foreign.map(|(_, address)| Finding {
            span: span.clone(),
            what: rules::loads(address),
        });
        self.state.found.borrow_mut().extend(found);
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'b>
        = ExpandedName<'b>
    where
        Self: 'b;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'b>(&'b self, target: &'b Rc<Node>) -> ExpandedName<'b> {
        self.step();
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Rc<Node> {
        self.step();
        self.look_at(&name, &attributes);
        Rc::new(Node {
            name,
            is_integration_point: flags.mathml_annotation_xml_integration_point,
        })
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Rc::new(Node::nameless())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Rc::new(Node::nameless())
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        if let NodeOrText::AppendText(text) = child
            && parent.name.local == local_name!("style")
        {
            self.look_at_style(&text);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        _: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        self.append(element, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        self.step();
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, _: &Rc<Node>, _: NodeOrText<Rc<Node>>) {}

    fn add_attrs_if_missing(&self, target: &Rc<Node>, attributes: Vec<Attribute>) {
        self.look_at(&target.name, &attributes);
    }

    fn remove_from_parent(&self, _: &Rc<Node>) {}

    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Rc<Node>) -> bool {
        handle.is_integration_point
    }
}
