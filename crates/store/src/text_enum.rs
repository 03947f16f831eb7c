//! Enums that are stored as text: the states of rows, and the queues.
//!
//! A newer version may have written a value that this version doesn't know. Reading such a value never fails, since one
//! row must not break a query over many: an enum names a variant for unknown values, or is read as text and parsed.

/// Declares an enum whose variants have names in SQL. With `unknown => Variant` it can also be selected.
macro_rules! text_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+
        }
        $(unknown => $unknown:ident)?
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, diesel::expression::AsExpression,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// All of them.
            $vis const ALL: [Self; [$($text),+].len()] = [$(Self::$variant,)+];

            /// Its name in SQL, metrics and JSON.
            #[must_use]
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The one with this name.
            $vis fn parse(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.as_str() == name)
            }
        }

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(
                    self.as_str(),
                    out,
                )
            }
        }

        $(
            impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
            where
                DB: diesel::backend::Backend,
                String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
            {
                fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                    let name = <String as diesel::deserialize::FromSql<
                        diesel::sql_types::Text,
                        DB,
                    >>::from_sql(value)?;
                    Ok(Self::parse(&name).unwrap_or(Self::$unknown))
                }
            }

            impl<DB> diesel::deserialize::Queryable<diesel::sql_types::Text, DB> for $name
            where
                DB: diesel::backend::Backend,
                Self: diesel::deserialize::FromStaticSqlRow<diesel::sql_types::Text, DB>,
            {
                type Row = Self;

                fn build(row: Self) -> diesel::deserialize::Result<Self> {
                    Ok(row)
                }
            }
        )?
    };
}
pub(crate) use text_enum;
