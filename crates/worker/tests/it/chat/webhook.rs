//! The room that only listens.

use std::{
    io,
    sync::{Arc, Mutex},
};

use candor_integrations::slack::{Credential, webhook::WebhookSettings};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::team::Team;
use crate::support::{World, on_both};

on_both! {
    the_webhook_hears_how_it_stands_and_then_what_happens,
}

/// What a receiver got, and what it answers next (200 unless somebody says otherwise).
#[derive(Clone, Default)]
struct Receiver {
    texts: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    /// Starts it; its settings.
    async fn start(&self) -> WebhookSettings {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let receiver = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let receiver = receiver.clone();
                tokio::spawn(async move { receiver.serve(stream).await });
            }
        });
        WebhookSettings { url: Credential::Fixed(url) }
    }

    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await? == 0 {
                    return Ok(());
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line == "\r\n" {
                    break;
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            let answer = self.answers.lock().unwrap().pop().unwrap_or(200);
            if answer == 200 || answer == 500 {
                // It took this, whatever it says.
                self.texts.lock().unwrap().push(body["text"].as_str().unwrap().to_owned());
            }
            let answer = format!("HTTP/1.1 {answer} x\r\ncontent-length: 2\r\n\r\nok");
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    fn texts(&self) -> Vec<String> {
        self.texts.lock().unwrap().clone()
    }

    async fn has(&self, team: &Team, messages: usize) -> Vec<String> {
        let what = format!("{messages} messages");
        team.world.until(&what, async || self.texts().len() >= messages).await;
        self.texts()
    }
}

async fn the_webhook_hears_how_it_stands_and_then_what_happens(world: World) {
    let team = Team::of(world).await;
    let receiver = Receiver::default();
    let settings = receiver.start().await;
    let worker = team.start_with(|all| all.chat_webhook = Some(settings));
    // A Slack that is away has no say here.
    team.workspace.go_away().await;
    let incident = team.raise("a").await;
    receiver.has(&team, 1).await;
    team.raise("b").await;
    team.confirm(incident).await;
    receiver.has(&team, 2).await;
    team.update(incident, "<!channel> The *disk* is full.").await;
    receiver.has(&team, 3).await;
    team.clear("a").await;
    team.clear("b").await;
    receiver.has(&team, 4).await;
    team.resolve(incident).await;
    receiver.has(&team, 5).await;
    worker.stop().await;
    let texts = receiver.texts();
    println!("{texts:#?}");
    assert_eq!(texts.len(), 5);
    let words = ["it burns", "Confirmed by Ada", "disk", "Resolve it?", "Resolved by Ada"];
    let page = "https://status.example.org/";
    for (text, words) in texts.iter().zip(words) {
        assert!(text.contains(words) && text.contains(page), "{words}: {text}");
        assert!(!text.contains("<!"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_not_have_arrived_is_sent_again_and_a_removed_webhook_is_a_trouble() {
    let team = Team::of(World::on_sqlite().await).await;
    let receiver = Receiver::default();
    receiver.answers.lock().unwrap().extend([404, 500]);
    let settings = receiver.start().await;
    let worker = team.start_with(|all| {
        all.chat_webhook = Some(settings);
        all.slack = None;
    });
    team.raise("a").await;
    let trouble = async || {
        let rooms = team.world.store.rooms().await.unwrap();
        rooms.into_iter().find_map(|room| room.trouble)
    };
    let removed = async || trouble().await.is_some_and(|why| why.contains("was removed"));
    team.world.until("the trouble", removed).await;
    let texts = receiver.has(&team, 2).await;
    team.world.until("it is over", async || trouble().await.is_none()).await;
    team.is_quiet().await;
    worker.stop().await;
    println!("500, 404, 200: {} copies", texts.len());
    assert_eq!(receiver.texts().len(), 2);
    assert_eq!(texts[0], texts[1]);
}
