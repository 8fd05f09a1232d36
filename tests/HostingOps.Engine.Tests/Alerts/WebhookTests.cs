using System.Text;
using System.Text.Json;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class WebhookTests : IDisposable
{
    // Everything that a receiver could take for more than text.
    private const string Nasty = "<!channel> @everyone @here <@U123> [a](https://evil.example) **b** {{DATE(1)}} & \"q\" \\ \u202Eback\u202C ```code``` 日本 😀";

    private readonly AlertWorld world = new();
    private readonly WebReceiver web = new();

    public void Dispose()
    {
        web.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task Generic_has_all_of_it_with_a_text_that_chat_services_show()
    {
        var post = (await SendAsync(web.Channel() with { Token = "${TOKEN}" }, Alert() with { Link = "https://www.acme.example/", Details = new Dictionary<string, string?> { ["cause"] = "host", ["text"] = "not this" } })).Json;

        Assert.Equal("down", post.GetProperty("event").GetString());
        Assert.Equal("critical", post.GetProperty("severity").GetString());
        Assert.Equal("01INCIDENT", post.GetProperty("incident").GetString());
        Assert.StartsWith("No TCP connection", post.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("To be done by hand: Invoke-SiteFailover acme, bakery", post.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["acme", "bakery"], post.GetProperty("sites").EnumerateArray().Select(static site => site.GetString()));
        Assert.Equal("host", post.GetProperty("cause").GetString());
        Assert.Equal("Bearer hunter2hunter2", web.Requests.Last().Headers["Authorization"]);
    }

    [Fact]
    public async Task Slack_gets_blocks_in_which_nothing_is_markup_but_ours()
    {
        var post = (await SendAsync(web.Channel(NotificationPreset.Slack), Nastily())).Json;
        var texts = post.GetProperty("blocks").EnumerateArray().Select(static block => block.GetProperty("text")).ToList();

        Assert.All(post.GetProperty("blocks").EnumerateArray(), static block => Assert.Equal("section", block.GetProperty("type").GetString()));
        Assert.All(texts, static text => Assert.Equal(("mrkdwn", true), (text.GetProperty("type").GetString(), text.GetProperty("verbatim").GetBoolean())));
        Assert.All(texts.Append(default).SkipLast(1).Select(static text => text.GetProperty("text").GetString()!).Append(post.GetProperty("text").GetString()!), static text =>
        {
            Assert.DoesNotContain('<', text);
            Assert.DoesNotContain('>', text);
        });
        Assert.Contains("&lt;!channel&gt; @everyone", texts[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("&amp; \"q\" \\", texts[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("```Invoke-SiteFailover", texts[^1].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_gets_a_card_of_text_runs_which_are_shown_as_they_are()
    {
        var post = (await SendAsync(web.Channel(NotificationPreset.Teams), Nastily())).Json;
        var attachment = Assert.Single(post.GetProperty("attachments").EnumerateArray());
        var card = attachment.GetProperty("content");

        Assert.Equal(("message", "application/vnd.microsoft.card.adaptive"), (post.GetProperty("type").GetString(), attachment.GetProperty("contentType").GetString()));
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        Assert.All(card.GetProperty("body").EnumerateArray(), static block =>
        {
            Assert.Equal("RichTextBlock", block.GetProperty("type").GetString());
            Assert.All(block.GetProperty("inlines").EnumerateArray(), static run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
        });
        Assert.Equal("Attention", card.GetProperty("body")[0].GetProperty("inlines")[0].GetProperty("color").GetString());
    }

    [Fact]
    public async Task Discord_gets_an_embed_that_mentions_nobody()
    {
        var post = (await SendAsync(web.Channel(NotificationPreset.Discord), Nastily())).Json;
        var embed = Assert.Single(post.GetProperty("embeds").EnumerateArray());

        Assert.Empty(post.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        Assert.Contains(@"\[a\](https://evil.example) \*\*b\*\*", embed.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(0xE01E5A, embed.GetProperty("color").GetInt32());
        Assert.Equal(["Sites", "To be done by hand"], embed.GetProperty("fields").EnumerateArray().Select(static field => field.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task PagerDuty_opens_and_resolves_one_incident_and_is_not_woken_by_what_is_good_to_know()
    {
        var channel = web.Channel(NotificationPreset.PagerDuty, "v2/enqueue") with { Token = "${TOKEN}" };
        var down = await SendAsync(channel, Alert());
        var up = await SendAsync(channel, Alert(happened: AlertEvent.Recovered));
        var note = await SendAsync(channel, Alert(happened: AlertEvent.Failover, severity: AlertSeverity.Information));

        Assert.Equal(("/v2/enqueue", "/v2/enqueue", "/v2/change/enqueue"), (down.Path, up.Path, note.Path));
        Assert.Equal(("hunter2hunter2", "trigger", "01INCIDENT"), (Text(down, "routing_key"), Text(down, "event_action"), Text(down, "dedup_key")));
        var payload = down.Json.GetProperty("payload");
        Assert.Equal(("do-1 is down with 40 sites", "critical"), (payload.GetProperty("summary").GetString(), payload.GetProperty("severity").GetString()));
        Assert.NotEqual("", payload.GetProperty("source").GetString());
        Assert.Equal(("resolve", "01INCIDENT"), (Text(up, "event_action"), Text(up, "dedup_key")));
        Assert.False(note.Json.TryGetProperty("event_action", out _));
        Assert.Equal("hunter2hunter2", Text(note, "routing_key"));
    }

    [Theory]
    [InlineData(AlertSeverity.Warning, "/v2/change/enqueue", null)]
    [InlineData(AlertSeverity.Critical, "/v2/enqueue", "01INCIDENT")]
    public async Task PagerDuty_keeps_no_incident_open_for_a_site_that_was_moved_well(AlertSeverity severity, string path, string? key)
    {
        var note = await SendAsync(web.Channel(NotificationPreset.PagerDuty, "v2/enqueue") with { Token = "${TOKEN}" }, Alert(happened: AlertEvent.Failover, severity: severity));

        Assert.Equal((path, key), (note.Path, note.Json.TryGetProperty("dedup_key", out var dedup) ? dedup.GetString() : null));
    }

    [Fact]
    public async Task PagerDuty_keeps_no_incident_open_for_what_is_over_already_and_one_for_what_is_left_to_do()
    {
        var channel = web.Channel(NotificationPreset.PagerDuty, "v2/enqueue") with { Token = "${TOKEN}" };
        var uplink = Alert(happened: AlertEvent.Uplink, severity: AlertSeverity.Warning);
        var missed = Alert(happened: AlertEvent.Watcher, severity: AlertSeverity.Warning);

        Assert.Equal("/v2/change/enqueue", (await SendAsync(channel, uplink with { Command = null })).Path);
        Assert.Equal("/v2/enqueue", (await SendAsync(channel, uplink)).Path);
        Assert.Equal("/v2/change/enqueue", (await SendAsync(channel, missed with { Details = new Dictionary<string, string?> { ["over"] = "true" } })).Path);
        Assert.Equal("/v2/enqueue", (await SendAsync(channel, missed)).Path);
    }

    [Fact]
    public async Task Ntfy_gets_a_message_for_the_topic_at_the_servers_root()
    {
        var channel = web.Channel(NotificationPreset.Ntfy, "hosting-alerts") with { Token = "${TOKEN}" };
        var down = await SendAsync(channel, Nastily() with { Link = "https://www.acme.example/" });
        var up = await SendAsync(channel, Alert(happened: AlertEvent.Recovered));

        Assert.Equal(("/", "Bearer hunter2hunter2", "hosting-alerts"), (down.Path, down.Headers["Authorization"], Text(down, "topic")));
        Assert.Equal((5, 3), (down.Json.GetProperty("priority").GetInt32(), up.Json.GetProperty("priority").GetInt32()));
        Assert.Equal(["rotating_light", "down"], down.Json.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal("https://www.acme.example/", Text(down, "click"));
        Assert.Contains("日本 😀", Text(down, "title"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', Text(down, "title")!);
    }

    [Theory]
    [InlineData(NotificationPreset.Generic)]
    [InlineData(NotificationPreset.Slack)]
    [InlineData(NotificationPreset.Teams)]
    [InlineData(NotificationPreset.Discord)]
    [InlineData(NotificationPreset.PagerDuty)]
    [InlineData(NotificationPreset.Ntfy)]
    public async Task However_long_an_alert_is_each_receiver_can_take_it(NotificationPreset preset)
    {
        var huge = string.Concat(Enumerable.Repeat("&😀日", 40_000));
        var alert = Alert(huge) with
        {
            Text = huge,
            Command = "Invoke-SiteFailover " + huge,
            Sites = Enumerable.Range(0, 5000).Select(static number => $"site-{number}").ToList(),
        };

        var received = await SendAsync(web.Channel(preset, preset == NotificationPreset.PagerDuty ? "v2/enqueue" : "topic") with { Token = "${TOKEN}" }, alert);

        Assert.DoesNotContain('\uFFFD', received.Body);
        switch (preset)
        {
            case NotificationPreset.Slack:
                Assert.All(received.Json.GetProperty("blocks").EnumerateArray(), static block => Assert.InRange(block.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 3000));
                Assert.InRange(received.Json.GetProperty("text").GetString()!.Length, 1, 4000);
                break;
            case NotificationPreset.Teams:
                Assert.InRange(Encoding.UTF8.GetByteCount(received.Body), 1, 28 * 1024);
                break;
            case NotificationPreset.Discord:
                var embed = received.Json.GetProperty("embeds")[0];
                var fields = embed.GetProperty("fields").EnumerateArray().ToList();
                Assert.InRange(received.Json.GetProperty("content").GetString()!.Length, 1, 2000);
                Assert.InRange(embed.GetProperty("title").GetString()!.Length, 1, 256);
                Assert.InRange(embed.GetProperty("description").GetString()!.Length, 1, 4096);
                Assert.All(fields, static field => Assert.InRange(field.GetProperty("value").GetString()!.Length, 1, 1024));
                Assert.InRange(embed.GetProperty("title").GetString()!.Length + embed.GetProperty("description").GetString()!.Length + 30 + fields.Sum(static field => field.GetProperty("name").GetString()!.Length + field.GetProperty("value").GetString()!.Length), 1, 6000);
                break;
            case NotificationPreset.PagerDuty:
                Assert.InRange(received.Json.GetProperty("payload").GetProperty("summary").GetString()!.Length, 1, 1024);
                Assert.InRange(Encoding.UTF8.GetByteCount(received.Body), 1, 512 * 1024);
                break;
            case NotificationPreset.Ntfy:
                Assert.InRange(Encoding.UTF8.GetByteCount(Text(received, "message")!), 1, 4096);
                break;
        }
    }

    [Fact]
    public async Task Nothing_that_is_said_holds_the_address_or_the_token_whatever_the_receiver_quotes()
    {
        world.Environment["HOOK"] = web.Address("services/T0SECRET/B1SECRET?key=k%2FSECRET99");
        web.Answer = static _ => WebReceiver.Status(403, body: "no: /services/T0SECRET/B1SECRET key k/SECRET99 Bearer hunter2hunter2\r\n\r\nnext");
        var room = world.Room(new NotificationChannel { Webhook = "${HOOK}", Token = "${TOKEN}", On = ["down"] });
        world.Environment["TOKEN"] = "hunter2hunter2";
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        var answer = Assert.Single(world.Rows(room)).Answer!;
        Assert.StartsWith("it answers 403: no: ", answer, StringComparison.Ordinal);
        var stored = Encoding.Latin1.GetString(File.ReadAllBytes(world.StatePath)) + Encoding.Latin1.GetString(await ReadSharedAsync(world.StatePath + "-wal"));
        foreach (var text in world.Said.All.Append(answer).Append(stored))
        {
            Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        }

        Assert.Contains(world.Said.Warnings, static warning => warning.Contains("webhook (${HOOK})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_be_reached_or_is_not_set_or_answers_without_end_is_an_answer_like_any_other()
    {
        using var closed = new WebReceiver();
        var refused = closed.Channel(name: "refused");
        closed.Dispose();
        web.Answer = static _ => "HTTP/1.1 500 Said\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n" + new string('x', 8_000_000);
        var room = world.Room(
            refused,
            web.Channel(name: "endless"),
            new NotificationChannel { Name = "unset", Webhook = "${NOT_SET}", On = ["down"] },
            new NotificationChannel { Name = "no address", Webhook = "${WORD}", On = ["down"] },
            new NotificationChannel { Name = "unknown", Webhook = "https://nothing.invalid/x", On = ["down"] });
        world.Environment["WORD"] = "hunter2";
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        var answers = world.Rows(room).ToDictionary(static row => row.Channel, static row => (row.Outcome, row.Answer));
        Assert.Equal((AlertDeliveryOutcome.Waiting, "it can't be reached (ConnectionRefused)"), answers["refused"]);
        Assert.Equal((AlertDeliveryOutcome.Waiting, "the environment variable NOT_SET is not set here"), answers["unset"]);
        Assert.Equal((AlertDeliveryOutcome.Undelivered, "its address is no web address: it was expected to begin with https://"), answers["no address"]);
        Assert.StartsWith("it can't be reached (its name", answers["unknown"].Answer, StringComparison.Ordinal);
        Assert.InRange(answers["endless"].Answer!.Length, 20, 250);
    }

    private static string? Text(WebReceiver.Received received, string name) => received.Json.GetProperty(name).GetString();

    private static HostingAlert Nastily() => Alert(Nasty) with { Text = Nasty + "\r\nSecond line" };

    private async Task<WebReceiver.Received> SendAsync(NotificationChannel channel, HostingAlert alert)
    {
        world.Environment["TOKEN"] = "hunter2hunter2";
        var answer = await world.Room(channel).Sender.SendAsync(channel, alert, "KEY", default).WaitAsync(Eventually.Patience);
        Assert.True(answer.IsSent, answer.Text);
        return web.Requests.Last();
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }
}
