//! The schemas of core's enums; core itself knows nothing of JSON Schema.

use std::borrow::Cow;

use candor_core::{DismissReason, Headline, Severity, Status};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// Implements the schema of one of core's enums from the list of its words.
macro_rules! words {
    ($($schema:ident of $words:ident, $name:literal, $description:literal;)+) => { $(
        #[doc = concat!("The schema of [`", stringify!($words), "`].")]
        #[derive(Debug)]
        pub struct $schema;

        impl PartialSchema for $schema {
            fn schema() -> RefOr<Schema> {
                let words = $words::ALL.iter().map(|word| word.as_str());
                let schema = ObjectBuilder::new().schema_type(Type::String);
                schema.description(Some($description)).enum_values(Some(words)).build().into()
            }
        }

        impl ToSchema for $schema {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    )+ };
}

words! {
    HeadlineSchema of Headline, "Headline", "What the page says first, the worst first.";
    StatusSchema of Status, "Status",
        "How an incident stands. `suspected`: monitoring says so, and no person has confirmed it.";
    SeveritySchema of Severity, "Severity", "How bad it is, the mildest first.";
    DismissReasonSchema of DismissReason, "Because", "Why an incident was dismissed.";
}

/// The schema of [`candor_core::Window`].
#[derive(Debug)]
pub struct WindowSchema;

impl PartialSchema for WindowSchema {
    fn schema() -> RefOr<Schema> {
        let time = || {
            let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
            ObjectBuilder::new().schema_type(Type::String).format(Some(format))
        };
        let window = ObjectBuilder::new().description(Some("When planned work takes place."));
        let window = window.property("starts_at", time()).property("ends_at", time());
        window.required("starts_at").required("ends_at").build().into()
    }
}

impl ToSchema for WindowSchema {
    fn name() -> Cow<'static, str> {
        "Window".into()
    }
}
