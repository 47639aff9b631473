//! `keys`: gives API keys out, lists them, and takes them back.

use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::Subcommand;
use entity::{ABSENT, api_key};
use serde_json::json;

use super::migrate::{open_current, open_existing};
use super::output;
use super::serve::now;
use crate::access::{Scope, Scopes, random_secret, secret_hash};
use crate::config::{API_KEYS_MAX, Common, DATABASE_URL_DEFAULT, REVOKED_KEPT_MS, scope};
use crate::ingest::identity::rfc3339;
use crate::store::Store;

const DAY_MS: i64 = 86_400_000;
const NAME_CHARS_MAX: usize = 100;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Give out a key; its secret is shown once, and only a hash of it is kept
    Create {
        /// What you will know it by, such as who gets it
        name: String,
        /// What it may ask for, separated by commas: `read` is always among it; `raw:read` adds providers' answers as they
        /// came, `admin` what only operators are to see
        #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',', value_parser = scope)]
        scopes: Vec<Scope>,
        /// Days until it expires [default: never]
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..=36_500))]
        expires_in: Option<i64>,
    },
    /// List the keys; secrets are not known
    List {
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Take a key back; running servers refuse it some seconds later
    Revoke {
        /// The key's id, as "list" shows it
        id: String,
    },
}

pub(super) async fn run(common: &Common, action: &Action) -> anyhow::Result<ExitCode> {
    let settings = common.store(DATABASE_URL_DEFAULT);
    let writes_first = matches!(action, Action::Create { .. });
    let store = if writes_first { open_current(&settings).await? } else { open_existing(&settings).await? };
    match action {
        Action::Create { name, scopes, expires_in } => create(&store, name, scopes, *expires_in).await?,
        Action::List { json } => list(&store, *json).await?,
        Action::Revoke { id } => {
            if !store.revoke_api_key(id, now()).await? {
                bail!("there is no key \"{id}\" to revoke\nhint: \"jobgraph keys list\" lists them");
            }
            output::line(&format!("{id} revoked"));
        }
    }
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn create(store: &Store, name: &str, scopes: &[Scope], expires_in: Option<i64>) -> anyhow::Result<()> {
    let name = name.trim();
    let is_sane = (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && !name.contains(char::is_control);
    ensure!(is_sane, "a name has 1 to {NAME_CHARS_MAX} printable characters\nhint: name who gets the key");
    let secret = random_secret()?;
    let at = now();
    let key = api_key::Model {
        key_id: uuid::Uuid::now_v7().to_string(),
        name: name.to_owned(),
        secret_hash: secret_hash(&secret).context("a secret as they are made")?,
        scopes: Scopes::of(&[scopes, &[Scope::Read]].concat()).to_string(),
        created_at: at,
        expires_at: expires_in.map_or(ABSENT, |days| at + days * DAY_MS),
        last_used_at: ABSENT,
        revoked_at: ABSENT,
    };
    let text = described(&key);
    if !store.add_api_key(key, API_KEYS_MAX, at - REVOKED_KEPT_MS).await? {
        bail!("there are {API_KEYS_MAX} keys already\nhint: \"jobgraph keys revoke\" makes room");
    }
    output::line(&text);
    output::line(&format!("secret {secret}"));
    output::note("The secret is shown this once. Send it as \"Authorization: Bearer SECRET\".");
    Ok(())
}

async fn list(store: &Store, is_json: bool) -> anyhow::Result<()> {
    let keys = store.api_keys().await?;
    for key in &keys {
        let text = if is_json {
            json!({
                "keyId": key.key_id,
                "name": key.name,
                "scopes": key.scopes.split(',').collect::<Vec<_>>(),
                "status": status(key),
                "createdAt": rfc3339(key.created_at),
                "expiresAt": time(key.expires_at),
                "lastUsedAt": time(key.last_used_at),
                "revokedAt": time(key.revoked_at),
            })
            .to_string()
        } else {
            described(key)
        };
        output::line(&text);
    }
    if keys.is_empty() {
        output::note("There are no keys.\nhint: \"jobgraph keys create NAME\" gives one out");
    }
    Ok(())
}

fn described(key: &api_key::Model) -> String {
    let mut text = format!("{} {} {} {}", key.key_id, status(key), key.scopes, key.name);
    for (what, at) in [("expires", key.expires_at), ("last used", key.last_used_at), ("revoked", key.revoked_at)] {
        if let Some(at) = time(at) {
            text += &format!(", {what} {at}");
        }
    }
    text
}

fn status(key: &api_key::Model) -> &'static str {
    match key {
        key if key.revoked_at != ABSENT => "REVOKED",
        key if key.expires_at != ABSENT && key.expires_at <= now() => "EXPIRED",
        _ => "ACTIVE",
    }
}

fn time(at: i64) -> Option<String> {
    (at != ABSENT).then(|| rfc3339(at))
}
