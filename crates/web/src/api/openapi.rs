//! The OpenAPI 3.1 document, made from the route table and the types of [`candor_api`], and its reference page.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use candor_api::{
    IncidentList, IncidentWithTimeline, ProblemDocument, PublicBoard, PublicEvents, SignedHead,
};
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

use super::operations;
use crate::{
    pages::CachedResponse,
    problem::Problem,
    route::{
        ApiParameter, DocumentKind, Operation as Described, ParameterKind, ResponseShape, Route,
        RouteTable,
    },
    state::Web,
    view,
};

/// The schemas of all answers.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    PublicBoard<'_>,
    IncidentList<'_>,
    IncidentWithTimeline<'_>,
    PublicEvents<'_>,
    SignedHead<'_>,
    ProblemDocument<'_>
)))]
struct SchemaShapes;

/// `/api/v1/openapi.json`
pub(crate) async fn document(
    web: Data<Web>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let made = || {
        let body = serde_json::to_string(&api(web.routes, &web.settings.site_url));
        CachedResponse::new(DocumentKind::Json, None, body.unwrap_or_else(|_never| "{}".to_owned()))
    };
    Ok(web.openapi.get_or_init(made).answer(request.headers(), false))
}

/// `/api`: the reference page.
pub(crate) async fn page(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let site = web.site();
    let source = site.source().ok_or(Problem::NotReady)?;
    let page = view::reference::page(&source.style, &api(web.routes, &web.settings.site_url));
    Ok(CachedResponse::uncompressed(DocumentKind::Html, Some(source.board.seq), page)
        .answer(request.headers(), false))
}

/// The whole OpenAPI document.
fn api(routes: &RouteTable, site: &str) -> OpenApi {
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
    api.paths = routes
        .all()
        .filter_map(|row| Some((row.route, row.route.operation?)))
        .fold(PathsBuilder::new(), |paths, (route, described)| {
            paths.path(route.pattern, PathItem::new(HttpMethod::Get, operation(route, described)))
        })
        .build();
    api
}

fn operation(route: &Route, offer: &Described) -> Operation {
    let is_in_path = |asked: &ApiParameter| route.pattern.contains(&format!("{{{}}}", asked.name));
    let problem = |says: &str| {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        ResponseBuilder::new().description(says).content("application/problem+json", content)
    };
    let mut responses = ResponsesBuilder::new().response("200", answer(route, &offer.response));
    if !matches!(offer.response, ResponseShape::Stream) {
        let unchanged = "What `If-None-Match` names is still how it is.";
        responses = responses.response("304", ResponseBuilder::new().description(unchanged));
    }
    if offer.parameters.iter().any(|asked| !is_in_path(asked)) {
        responses = responses.response("400", problem("A parameter can’t be read; it is named."));
    }
    if offer.parameters.iter().any(is_in_path) {
        responses = responses.response("404", problem("There is nothing at this address."));
    }
    responses = responses.response("503", problem(offer.unavailable));
    let parameters = offer.parameters.iter().map(|asked| parameter(asked, is_in_path(asked)));
    OperationBuilder::new()
        .operation_id(Some(offer.id))
        .tag(offer.group)
        .summary(Some(offer.summary))
        .description(Some(offer.description))
        .parameters(Some(parameters.collect::<Vec<_>>()))
        .responses(responses.build())
        .build()
}

fn answer(route: &Route, answered: &ResponseShape) -> ResponseBuilder {
    let text = || Some(ObjectBuilder::new().schema_type(Type::String).build().into());
    let any = || Some(ObjectBuilder::new().schema_type(Type::Object).build().into());
    let (kind, schema): (_, Option<RefOr<Schema>>) = match answered {
        ResponseShape::Schema(name) => {
            ("application/json", Some(Ref::from_schema_name(*name).into()))
        }
        ResponseShape::Object => ("application/json", any()),
        ResponseShape::Stream => ("text/event-stream", Some(stream())),
        ResponseShape::File => match route.content.map_or("", |content| content.kind.essence()) {
            kind if kind.ends_with("json") => (kind, any()),
            kind => (kind, text()),
        },
    };
    let content = Content::new(schema);
    ResponseBuilder::new().description("How it is.").content(kind, content)
}

/// The schema of an event of the stream, by its fields (WHATWG HTML, section 9.2.6).
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

fn parameter(asked: &ApiParameter, is_in_path: bool) -> Parameter {
    let place = if is_in_path { ParameterIn::Path } else { ParameterIn::Query };
    let required = if is_in_path { Required::True } else { Required::False };
    let plain = |kind: Type| ObjectBuilder::new().schema_type(kind);
    let schema: RefOr<Schema> = match &asked.kind {
        ParameterKind::Number(least, most) => {
            let number = plain(Type::Integer).minimum(Some(*least));
            number.maximum(*most).build().into()
        }
        ParameterKind::Time => {
            let form = |form| plain(Type::String).format(Some(SchemaFormat::KnownFormat(form)));
            let (time, day) = (form(KnownFormat::DateTime), form(KnownFormat::Date));
            RefOr::T(Schema::AnyOf(AnyOfBuilder::new().item(time).item(day).build()))
        }
        ParameterKind::Words(shape) => {
            let values = ArrayBuilder::new().items(Ref::from_schema_name(*shape));
            values.min_items(Some(1)).build().into()
        }
    };
    let parameter = ParameterBuilder::new()
        .name(asked.name)
        .parameter_in(place)
        .required(required)
        .description(Some(asked.description))
        .schema(Some(schema));
    let parameter = match &asked.kind {
        // Comma-separated.
        ParameterKind::Words(_) => {
            parameter.explode(Some(false)).example(Some(serde_json::json!([asked.example])))
        }
        ParameterKind::Number(..) => {
            parameter.example(asked.example.parse::<u32>().ok().map(Into::into))
        }
        ParameterKind::Time => parameter.example(Some(asked.example.into())),
    };
    parameter.build()
}
