//! What everybody asks for, answered before anything else looks at the request.
//!
//! A page that is ready needs no router, no time limit and no net under a handler: its answer is there. So a request
//! for one is answered here, with the same headers and counted by the same numbers as below. Whatever isn't ready, or
//! could need more than its path and headers say, goes on as if this were not here.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use actix_http::{
    HttpMessage as _, Method, Request, Response, Uri,
    body::{BodySize, BoxBody, MessageBody as _},
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};
use actix_service::{Service, ServiceFactory};
use actix_web::dev::ServiceResponse;
use futures::{
    TryFutureExt as _,
    future::{self, Either, LocalBoxFuture, MapOk, Ready},
};

use crate::{cached_response::DocumentKind, headers, observe, server::Web, site::of_path};

/// Makes the service that answers what is hot, and leaves the rest to another one.
pub(crate) struct PrerenderedPages<F> {
    web: Arc<Web>,
    rest: F,
}

impl<F> PrerenderedPages<F> {
    pub(crate) fn before(web: Arc<Web>, rest: F) -> Self {
        Self { web, rest }
    }
}

impl<F> ServiceFactory<Request> for PrerenderedPages<F>
where
    F: ServiceFactory<Request, Config = (), Response = ServiceResponse<BoxBody>>,
    F::Future: 'static,
    F::InitError: 'static,
    F::Service: 'static,
{
    type Response = Response<BoxBody>;
    type Error = F::Error;
    type Config = ();
    type Service = PrerenderedService<F::Service>;
    type InitError = F::InitError;
    type Future = LocalBoxFuture<'static, Result<Self::Service, Self::InitError>>;

    fn new_service(&self, (): ()) -> Self::Future {
        let (web, rest) = (Arc::clone(&self.web), self.rest.new_service(()));
        Box::pin(rest.map_ok(|rest| PrerenderedService { web, rest }))
    }
}

/// Answers requests.
pub(crate) struct PrerenderedService<S> {
    web: Arc<Web>,
    rest: S,
}

type InnerService<F> = MapOk<F, fn(ServiceResponse<BoxBody>) -> Response<BoxBody>>;

impl<S> Service<Request> for PrerenderedService<S>
where
    S: Service<Request, Response = ServiceResponse<BoxBody>>,
{
    type Response = Response<BoxBody>;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response<BoxBody>, S::Error>>, InnerService<S::Future>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.rest.poll_ready(context)
    }

    fn call(&self, request: Request) -> Self::Future {
        match answer(&self.web, &request) {
            Some(answer) => Either::Left(future::ok(answer)),
            None => Either::Right(self.rest.call(request).map_ok(Response::from)),
        }
    }
}

/// The answer, if it is ready and nothing but path and headers say what it is.
fn answer(web: &Web, request: &Request) -> Option<Response<BoxBody>> {
    let head = request.headers();
    let has_body = head.contains_key(CONTENT_LENGTH) || head.contains_key(TRANSFER_ENCODING);
    let is_plain = *request.method() == Method::GET && !has_body && !asks_more(request.uri());
    if !is_plain || observe::is_traced() {
        return None;
    }
    let path = request.path();
    let site = web.site();
    let found = site.known(path, headers::accepted(head))?;
    let kind = found.ready.kind();
    let place = found.ready.place(of_path(path, &site.look.offered).is_some(), path);
    // It is cached by rules of its own.
    if kind == DocumentKind::Css {
        return None;
    }
    let in_flight = web.http.begin();
    let mut answer = found.ready.reply(head, found.negotiated);
    let status = answer.status();
    headers::dress(answer.headers_mut(), web, place.area, status);
    let length = match answer.body().size() {
        BodySize::Sized(length) => Some(length),
        BodySize::None | BodySize::Stream => Some(0),
    };
    in_flight.answered(place.route, Method::GET.as_str(), status.as_u16(), None, length);
    Some(answer)
}

/// Whether the question says more than the path: only the badge reads it.
fn asks_more(uri: &Uri) -> bool {
    uri.query().is_some() && uri.path().starts_with("/badge")
}
