//! The tables, as both databases have them: `migrations/` says what each column means.

diesel::table! {
    event (seq) {
        seq -> BigInt,
        event_id -> Text,
        batch_id -> Text,
        batch_ix -> Integer,
        batch_len -> Integer,
        incident -> Nullable<BigInt>,
        #[sql_name = "type"]
        type_name -> Text,
        schema_version -> Integer,
        occurred_at -> BigInt,
        recorded_at -> BigInt,
        source -> Text,
        source_key -> Nullable<Text>,
        actor -> Nullable<Text>,
        causation_id -> Nullable<Text>,
        correlation_id -> Nullable<Text>,
        command_hash -> Binary,
        command_salt -> Nullable<Binary>,
        payload -> Nullable<Text>,
        payload_salt -> Nullable<Binary>,
        payload_commit -> Binary,
        prev_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    log_head (id) {
        id -> Integer,
        log_id -> Text,
        seq -> BigInt,
        hash -> Binary,
        epoch -> Integer,
        probed_at -> BigInt,
    }
}

diesel::table! {
    subscriber (id) {
        id -> Text,
        address -> Text,
        address_key -> Text,
        mailbox -> Text,
        domain -> Text,
        state -> Text,
        created_at -> BigInt,
        asked_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        confirmed_seq -> BigInt,
        channel -> Text,
        language -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        scope -> Text,
        incident -> Nullable<BigInt>,
        failing_since -> Nullable<BigInt>,
    }
}

diesel::table! {
    operator (id) {
        id -> Text,
        kind -> Text,
        key -> Text,
        name -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        seq -> BigInt,
        kind -> Text,
        payload -> Text,
        reason -> Text,
        state -> Text,
        error -> Nullable<Text>,
        cursor -> Nullable<Text>,
        created_at -> BigInt,
        traceparent -> Nullable<Text>,
    }
}

diesel::table! {
    delivery (id) {
        id -> Text,
        seq -> Nullable<BigInt>,
        outbox_id -> Nullable<Text>,
        kind -> Text,
        channel -> Text,
        queue -> Text,
        lane -> Integer,
        recipient -> Text,
        incident -> Nullable<BigInt>,
        state -> Text,
        attempt -> Integer,
        due_at -> Nullable<BigInt>,
        lease_token -> BigInt,
        created_at -> BigInt,
        first_attempt_at -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        answer -> Nullable<Text>,
        last_error -> Nullable<Text>,
        traceparent -> Nullable<Text>,
    }
}

diesel::table! {
    leader (name) {
        name -> Text,
        holder -> Text,
        lease_until -> BigInt,
    }
}

diesel::table! {
    worker (id, queue) {
        id -> Text,
        queue -> Text,
        slots -> Integer,
        seen_at -> BigInt,
    }
}

diesel::table! {
    chat_channel (name) {
        name -> Text,
        state -> Text,
        cursor -> BigInt,
        slack_team -> Nullable<Text>,
        slack_channel -> Nullable<Text>,
        slack_channel_name -> Nullable<Text>,
        problem -> Nullable<Text>,
        next_send_at -> BigInt,
        paused_until -> BigInt,
    }
}

diesel::table! {
    chat_thread (chat_channel, incident) {
        chat_channel -> Text,
        incident -> BigInt,
        noted_seq -> BigInt,
    }
}

diesel::table! {
    chat_message (chat_channel, incident, key) {
        chat_channel -> Text,
        incident -> BigInt,
        key -> Text,
        id -> Text,
        state -> Text,
        slack_channel -> Text,
        ts -> Nullable<Text>,
        digest -> Nullable<Text>,
        tried_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(delivery, subscriber, outbox, event);

diesel::table! {
    unread_alert (id) {
        id -> Text,
        received_at -> BigInt,
        source -> Text,
        problem -> Text,
        body -> Text,
    }
}
