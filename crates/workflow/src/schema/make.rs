//! How rows of the table are written: each begins plain and says what is special about it.

use super::{Ctx, Field, Map, Types, Values, Widget};

impl Map {
    pub(super) const fn new(name: &'static str, title: &'static str, fields: &'static [Field]) -> Self {
        Self { name, title, fields, free: None, exclusive: &[] }
    }

    pub(super) const fn free(name: &'static str, title: &'static str, free: &'static Field) -> Self {
        Self { name, title, fields: &[], free: Some(free), exclusive: &[] }
    }

    pub(super) const fn and_free(mut self, free: &'static Field) -> Self {
        self.free = Some(free);
        self
    }

    pub(super) const fn exclusive(mut self, sets: &'static [&'static [&'static str]]) -> Self {
        self.exclusive = sets;
        self
    }
}

/// Begins a field: a text without expressions.
pub(super) const fn field(key: &'static str, title: &'static str, doc: &'static str) -> Field {
    Field {
        key,
        title,
        doc,
        types: Types::STRING,
        required: false,
        nonempty: false,
        idle_when_empty: false,
        values: Values::Free,
        ctx: Ctx::None,
        default: None,
        maps: &[],
        items: None,
        widget: Widget::Text,
    }
}

/// An item of a list of texts.
pub(super) const fn item(title: &'static str) -> Field {
    field("", title, "")
}

impl Field {
    pub(super) const fn types(mut self, types: Types) -> Self {
        self.types = types;
        self
    }

    pub(super) const fn boolean(mut self) -> Self {
        self.types = Types::BOOL;
        self.widget = Widget::Toggle;
        self
    }

    pub(super) const fn number(mut self) -> Self {
        self.types = Types::NUMBER;
        self.widget = Widget::Number;
        self
    }

    /// Keys and values, in one of these shapes.
    pub(super) const fn mapping(mut self, maps: &'static [&'static Map]) -> Self {
        self.types = Types::MAPPING;
        self.maps = maps;
        self.widget = Widget::Form;
        self
    }

    /// Text, or keys and values.
    pub(super) const fn or_mapping(mut self, maps: &'static [&'static Map]) -> Self {
        self.types = self.types.or(Types::MAPPING);
        self.maps = maps;
        self.widget = Widget::Form;
        self
    }

    /// Names and values that the person chooses.
    pub(super) const fn pairs(mut self, maps: &'static [&'static Map]) -> Self {
        self = self.mapping(maps);
        self.widget = Widget::Pairs;
        self
    }

    /// A list.
    pub(super) const fn list(mut self, items: &'static Field) -> Self {
        self.types = Types::SEQUENCE;
        self.items = Some(items);
        self.widget = Widget::List;
        self
    }

    /// A text, or a list of texts.
    pub(super) const fn or_list(mut self, items: &'static Field) -> Self {
        self.types = self.types.or(Types::SEQUENCE);
        self.items = Some(items);
        self.widget = Widget::List;
        self
    }

    /// The value may also be absent.
    pub(super) const fn or_null(mut self) -> Self {
        self.types = self.types.or(Types::NULL);
        self
    }

    /// The shapes of its mapping and the items of its list; the types are given apart.
    pub(super) const fn shape(mut self, maps: &'static [&'static Map], items: &'static Field) -> Self {
        self.maps = maps;
        self.items = Some(items);
        self
    }

    pub(super) const fn items(mut self, items: &'static Field) -> Self {
        self.items = Some(items);
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn nonempty(mut self) -> Self {
        self.nonempty = true;
        self
    }

    pub(super) const fn idle_when_empty(mut self) -> Self {
        self.idle_when_empty = true;
        self
    }

    pub(super) const fn values(mut self, values: Values) -> Self {
        self.values = values;
        if matches!(self.widget, Widget::Text) {
            self.widget = Widget::Choice;
        }
        self
    }

    pub(super) const fn ctx(mut self, ctx: Ctx) -> Self {
        self.ctx = ctx;
        self
    }

    pub(super) const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    pub(super) const fn widget(mut self, widget: Widget) -> Self {
        self.widget = widget;
        self
    }
}
