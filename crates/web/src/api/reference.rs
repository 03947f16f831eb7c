//! The API's own document (OpenAPI 3.1), made from the list of what there is, and the page that is made from it.

mod operations;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use utoipa::{
    OpenApi as _,
    openapi::{
        Content, HttpMethod, InfoBuilder, License, OpenApi, PathItem, PathsBuilder, Ref, RefOr,
        Required, ResponseBuilder, ResponsesBuilder, Server,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        schema::{
            AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
        },
    },
};

use super::schema;
use crate::{
    cached_response::{CachedResponse, DocumentKind},
    problem::Problem,
    server::Web,
    view,
};
use operations::{ApiOperation, ApiParameter, OPERATIONS, ParameterType, ResponseShape};

/// The shapes of all answers.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    schema::Board,
    schema::Incidents,
    schema::Story,
    schema::Events,
    schema::Head,
    schema::Problem
)))]
struct SchemaShapes;

/// `/api/v1/openapi.json`
pub(crate) async fn document(
    web: Data<Web>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let made = || {
        let body = serde_json::to_string(&api(&web.settings.site_url));
        CachedResponse::new(DocumentKind::Json, 0, body.unwrap_or_else(|_never| "{}".to_owned()))
    };
    Ok(web.openapi.get_or_init(made).answer(&request, false))
}

/// `/api`: the same, to be read.
pub(crate) async fn page(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let site = web.site();
    let source = site.source().ok_or(Problem::NotReady)?;
    let page = view::reference::page(&source.look, &api(&web.settings.site_url));
    Ok(CachedResponse::uncompressed(DocumentKind::Html, source.board.seq, page)
        .answer(&request, false))
}

/// The whole document.
fn api(site: &str) -> OpenApi {
    let mut api = SchemaShapes::openapi();
    let mut license = License::new("MIT OR Apache-2.0");
    license.identifier = Some("MIT OR Apache-2.0".to_owned());
    api.info = InfoBuilder::new()
        .title("Candor")
        .version("1")
        .description(Some(operations::ABOUT))
        .license(Some(license))
        .build();
    api.servers = Some(vec![Server::new(site.trim_end_matches('/'))]);
    let path =
        |offer: &ApiOperation| (offer.path, PathItem::new(HttpMethod::Get, operation(offer)));
    api.paths = OPERATIONS
        .iter()
        .map(path)
        .fold(PathsBuilder::new(), |paths, (path, item)| paths.path(path, item))
        .build();
    api
}

fn operation(offer: &ApiOperation) -> Operation {
    let problem = |says: &str| {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        ResponseBuilder::new().description(says).content("application/problem+json", content)
    };
    let mut responses = ResponsesBuilder::new().response("200", answer(&offer.answer));
    if !matches!(offer.answer, ResponseShape::Stream) {
        let unchanged = "What `If-None-Match` names is still how it is.";
        responses = responses.response("304", ResponseBuilder::new().description(unchanged));
    }
    if offer.asks.iter().any(|asked| !asked.is_in_path()) {
        responses = responses.response("400", problem("A parameter can’t be read; it is named."));
    }
    if offer.asks.iter().any(ApiParameter::is_in_path) {
        responses = responses.response("404", problem("There is nothing at this address."));
    }
    responses = responses.response("503", problem(offer.unavailable));
    let parameters = offer.asks.iter().map(parameter);
    OperationBuilder::new()
        .operation_id(Some(offer.id))
        .tag(offer.group)
        .summary(Some(offer.summary))
        .description(Some(offer.says))
        .parameters(Some(parameters.collect::<Vec<_>>()))
        .responses(responses.build())
        .build()
}

fn answer(answered: &ResponseShape) -> ResponseBuilder {
    let text = || Some(ObjectBuilder::new().schema_type(Type::String).build().into());
    let any = || Some(ObjectBuilder::new().schema_type(Type::Object).build().into());
    let (kind, schema): (_, Option<RefOr<Schema>>) = match answered {
        ResponseShape::Shape(name) => {
            ("application/json", Some(Ref::from_schema_name(*name).into()))
        }
        ResponseShape::Object => ("application/json", any()),
        ResponseShape::Stream => ("text/event-stream", Some(stream())),
        ResponseShape::File(kind) if kind.ends_with("json") => (*kind, any()),
        ResponseShape::File(kind) => (*kind, text()),
    };
    let content = Content::new(schema);
    ResponseBuilder::new().description("How it is.").content(kind, content)
}

/// One event of the stream: its fields (WHATWG HTML section 9.2.6).
fn stream() -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new()
        .property("event", text().enum_values(Some(["board", "heartbeat"])))
        .property("id", text().pattern(Some("^[0-9]+$")))
        .property("data", text())
        .property("retry", ObjectBuilder::new().schema_type(Type::Integer))
        .build()
        .into()
}

fn parameter(asked: &ApiParameter) -> Parameter {
    let place = if asked.is_in_path() { ParameterIn::Path } else { ParameterIn::Query };
    let required = if asked.is_in_path() { Required::True } else { Required::False };
    let plain = |kind: Type| ObjectBuilder::new().schema_type(kind);
    let schema: RefOr<Schema> = match &asked.of {
        ParameterType::Number(least, most) => {
            let number = plain(Type::Integer).minimum(Some(*least));
            number.maximum(*most).build().into()
        }
        ParameterType::Time => {
            let form = |form| plain(Type::String).format(Some(SchemaFormat::KnownFormat(form)));
            let (time, day) = (form(KnownFormat::DateTime), form(KnownFormat::Date));
            RefOr::T(Schema::AnyOf(AnyOfBuilder::new().item(time).item(day).build()))
        }
        ParameterType::Words(shape) => {
            let words = ArrayBuilder::new().items(Ref::from_schema_name(*shape));
            words.min_items(Some(1)).build().into()
        }
    };
    let parameter = ParameterBuilder::new()
        .name(asked.name)
        .parameter_in(place)
        .required(required)
        .description(Some(asked.says))
        .schema(Some(schema));
    let parameter = match &asked.of {
        // Separated by commas.
        ParameterType::Words(_) => {
            parameter.explode(Some(false)).example(Some(serde_json::json!([asked.example])))
        }
        ParameterType::Number(..) => {
            parameter.example(asked.example.parse::<u32>().ok().map(Into::into))
        }
        ParameterType::Time => parameter.example(Some(asked.example.into())),
    };
    parameter.build()
}
