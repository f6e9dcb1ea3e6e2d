//! One declaration for the keys of a mapping: the type, its description and how it is read.

/// Declares a type whose fields are the keys of a mapping.
///
/// The comment of a field says what the key is for, also to editors. Its type says what its values are, how many there are,
/// and whether every mapping has it: `Option`, `Vec`
/// and `bool` may be absent. `= value` is what a key is that is absent, `as "type"` a key that is not the field's name, and
/// `=> [example("…")]` calls methods of [`Field`] on its description.
///
/// ```ignore
/// keys! {
///     /// A level of a program.
///     pub struct Level, "a level" {
///         /// As a reader sees it.
///         pub name: String,
///         /// What it brings.
///         pub benefits: Vec<String>,
///     }
/// }
/// ```
macro_rules! keys {
    (@key $name:ident) => { stringify!($name) };
    (@key $name:ident $key:literal) => { $key };
    (@absent $value:ty) => { <$value as $crate::schema::FieldType>::absent };
    (@absent $value:ty, $default:expr) => { || Some($default) };
    (@doc) => { "" };
    (@doc #[doc = $line:literal] $($rest:tt)*) => {
        ::std::concat!($line, $crate::schema::keys!(@doc $($rest)*))
    };
    (@doc #[$($other:tt)*] $($rest:tt)*) => { $crate::schema::keys!(@doc $($rest)*) };
    (@optional $field:ident) => { $field };
    (@optional $field:ident $default:expr) => { $field.optional() };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $type:ident, $section:literal {
            $(
                $(#[$($field_meta:tt)*])*
                $field_visibility:vis $name:ident $(as $key:literal)? : $value:ty
                    $(= $default:expr)?
                    $(=> [$($about:ident($said:expr)),+ $(,)?])?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        $visibility struct $type {
            $($(#[$($field_meta)*])* $field_visibility $name: $value,)*
        }

        impl $crate::schema::Keys for $type {
            fn section() -> $crate::schema::Section {
                $crate::schema::Section {
                    name: ::std::borrow::Cow::Borrowed($section),
                    fields: vec![$({
                        let key = $crate::schema::keys!(@key $name $($key)?);
                        let field = $crate::schema::field::<$value>(key);
                        let field = $crate::schema::keys!(@optional field $($default)?);
                        let field = field.doc($crate::schema::keys!(@doc $(#[$($field_meta)*])*));
                        field$($(.$about($said))+)?
                    }),*],
                }
            }

            fn canonical(&self) -> $crate::schema::Canonical {
                let mut keys = $crate::schema::Canonical::new();
                $(
                    let key = $crate::schema::keys!(@key $name $($key)?);
                    let value = $crate::schema::FieldType::canonical_values(&self.$name);
                    keys.extend(value.map(|value| (key, value)));
                )*
                keys
            }

            fn from_record(
                reader: &mut $crate::schema::Reader<'_>,
                record: &$crate::schema::Record<'_>,
            ) -> Option<Self> {
                // Every key is read before the first wrong one ends it: each has a problem of its own.
                $(
                    let key = $crate::schema::keys!(@key $name $($key)?);
                    let absent = $crate::schema::keys!(@absent $value $(, $default)?);
                    let $name: Option<$value> = record.read(reader, key, absent);
                )*
                Some(Self { $($name: $name?),* })
            }
        }

        impl $crate::schema::Item for $type {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Section(<Self as $crate::schema::Keys>::section())
            }

            fn from_node(
                reader: &mut $crate::schema::Reader<'_>,
                field: &$crate::schema::Field,
                node: &$crate::schema::Node,
            ) -> Option<Self> {
                $crate::schema::section(reader, field, node)
            }

            fn canonical_item(&self) -> serde_yaml::Value {
                let keys = $crate::schema::Keys::canonical(self).into_iter();
                let keys = keys.map(|(key, value)| (key.into(), value));
                serde_yaml::Value::Mapping(keys.collect())
            }
        }
    };
}
pub(crate) use keys;
