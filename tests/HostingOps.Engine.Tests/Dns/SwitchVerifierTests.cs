using System.Net;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns;

public sealed class SwitchVerifierTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // For switches that are never proven: long enough for a busy machine to hear all servers once.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    private readonly SwitchVerifier verifier = new(new DnsClient(TimeProvider.System), TimeProvider.System);

    [SkippableTheory]
    [InlineData("named")]
    [InlineData("knotd")]
    public async Task Switches_that_a_real_server_serves_are_proven(string program)
    {
        await using var server = await RealNameServer.StartAsync(program, """
            a IN A 192.0.2.1
            dual IN A 192.0.2.2
            dual IN A 192.0.2.1
            dual IN AAAA 2001:db8::1
            cname IN CNAME host.elsewhere.test.
            inside IN CNAME a
            loop IN CNAME loop2
            loop2 IN CNAME loop
            """);
        var results = await verifier.VerifyAsync(
            [server.Server],
            [
                Switch("a", [A("192.0.2.9")], [A("192.0.2.1")]),
                Switch("dual", [Cname("old.elsewhere.test")], [A("192.0.2.1", "192.0.2.2"), Set("AAAA", "2001:DB8:0::1")]),
                Switch("cname", [A("192.0.2.9"), Set("AAAA", "2001:db8::9")], [Cname("host.elsewhere.TEST.")]),
                Switch("inside", [Cname("b.example.test")], [Cname("a.example.test")]),
                Switch("loop", [Cname("b.example.test")], [Cname("loop2.example.test")]),
                Switch("gone", [A("192.0.2.9")], []),
            ],
            Patience,
            CancellationToken.None);
        Assert.All(results, result => Assert.True(result.Verified, result.Reason));
        Assert.Equal("CNAME host.elsewhere.test. (TTL 60)", results[2].Answers[0].Seen);
        Assert.Equal("The name server serves CNAME host.elsewhere.TEST. (TTL 60), no A, no AAAA.", results[2].Reason);
    }

    [SkippableFact]
    public async Task What_is_not_served_as_wanted_is_named()
    {
        await using var server = await RealNameServer.StartAsync("named", """
            a IN A 192.0.2.1
            dual IN A 192.0.2.1
            dual IN AAAA 2001:db8::1
            cname IN CNAME host.elsewhere.test.
            """);
        var results = await verifier.VerifyAsync(
            [server.Server],
            [
                Switch("a", [], [A("192.0.2.2")]),
                Switch("a", [], [A("192.0.2.1", "192.0.2.2")]),
                Switch("a", [], [A("192.0.2.1") with { Ttl = 300 }]),
                Switch("dual", [A("192.0.2.9"), Set("AAAA", "2001:db8::1")], [A("192.0.2.1")]),
                Switch("cname", [Cname("host.elsewhere.test")], [A("192.0.2.1")]),
                Switch("cname", [A("192.0.2.1")], [Cname("new.elsewhere.test")]),
                Switch("cname", [Cname("host.elsewhere.test")], []),
                Switch("missing", [], [A("192.0.2.1")]),
                Switch("a", [], [A("192.0.2.1")]),
            ],
            Short,
            CancellationToken.None);

        Assert.Equal([false, false, false, false, false, false, false, false, true], results.Select(result => result.Verified));
        Assert.Contains("Expected A 192.0.2.2 (TTL 60)", results[0].Reason, StringComparison.Ordinal);
        Assert.Contains("A 192.0.2.1 (TTL 60)", results[0].Reason, StringComparison.Ordinal);
        Assert.Contains("no AAAA", results[3].Reason, StringComparison.Ordinal);
        Assert.Equal("CNAME host.elsewhere.test. (TTL 60)", results[4].Answers[0].Seen);
        Assert.Equal("no address record", results[7].Answers[0].Seen);
    }

    [SkippableFact]
    public async Task Every_server_must_agree_and_a_late_one_is_waited_for()
    {
        await using var quick = await RealNameServer.StartAsync("named", "www IN CNAME new.elsewhere.test.");
        await using var late = await RealNameServer.StartAsync("knotd", "www IN CNAME old.elsewhere.test.");
        var change = Switch("www", [Cname("old.elsewhere.test")], [Cname("new.elsewhere.test")]);

        var early = Assert.Single(await verifier.VerifyAsync([quick.Server, late.Server], [change], Short, CancellationToken.None));
        Assert.False(early.Verified);
        Assert.Equal([true, false], early.Answers.Select(answer => answer.Ok));
        Assert.Contains("knotd.example.test", early.Reason, StringComparison.Ordinal);
        Assert.Contains("old.elsewhere.test", early.Reason, StringComparison.Ordinal);
        Assert.Equal(late.Endpoint.ToString(), early.Answers[1].Endpoint);

        var waiting = verifier.VerifyAsync([quick.Server, late.Server], [change], Patience, CancellationToken.None);
        await late.ServeAsync("www IN CNAME new.elsewhere.test.");
        var result = Assert.Single(await waiting);
        Assert.True(result.Verified, result.Reason);
    }

    [SkippableFact]
    public async Task Five_thousand_switches_are_proven_at_two_real_servers()
    {
        var zone = string.Join('\n', Enumerable.Range(0, 5000).Select(number => $"site{number} IN CNAME host{number % 7}.elsewhere.test."));
        await using var first = await RealNameServer.StartAsync("named", zone);
        await using var second = await RealNameServer.StartAsync("knotd", zone);
        var switches = Enumerable.Range(0, 5000)
            .Select(number => Switch($"site{number}", [Cname("old.elsewhere.test")], [Cname($"host{number % 7}.elsewhere.test")]))
            .ToList();

        var results = await verifier.VerifyAsync([first.Server, second.Server], switches, TimeSpan.FromMinutes(3), CancellationToken.None);
        Assert.Equal(5000, results.Count);
        Assert.All(results, result => Assert.True(result.Verified, result.Reason));
        Assert.Equal(switches.Select(change => change.SiteName), results.Select(result => result.SiteName));
    }

    [Fact]
    public async Task A_server_that_is_down_does_not_hide_what_the_others_say()
    {
        IPEndPoint closed;
        await using (var server = Serving("192.0.2.1"))
        {
            closed = server.Endpoint;
        }

        await using var good = Serving("192.0.2.1");
        var switches = Enumerable.Range(0, 100).Select(number => Switch($"s{number}", [], [A("192.0.2.1")])).ToList();
        var results = await verifier.VerifyAsync(
            [Named("good", good.Endpoint), Named("down", closed)], switches, Short, CancellationToken.None);
        Assert.All(results, result =>
        {
            Assert.False(result.Verified);
            Assert.True(result.Answers[0].Ok);
            Assert.False(result.Answers[1].Ok);
            Assert.Contains("down", result.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task One_address_of_a_server_that_answers_is_enough()
    {
        IPEndPoint closed;
        await using (var server = Serving("192.0.2.1"))
        {
            closed = server.Endpoint;
        }

        await using var good = Serving("192.0.2.1");
        var result = Assert.Single(await verifier.VerifyAsync(
            [Named("both", closed, good.Endpoint)], [Switch("www", [], [A("192.0.2.1")])], Patience, CancellationToken.None));
        Assert.True(result.Verified, result.Reason);
        Assert.Equal(good.Endpoint.ToString(), result.Answers[0].Endpoint);
    }

    [Fact]
    public async Task A_cache_proves_nothing()
    {
        await using var cache = new ScriptedNameServer((query, _) => [(ScriptedNameServer.Reply(query, "192.0.2.1") with { IsAuthoritative = false }).Encode()]);
        var result = Assert.Single(await verifier.VerifyAsync(
            [Named("cache", cache.Endpoint)], [Switch("www", [], [A("192.0.2.1")])], Short, CancellationToken.None));
        Assert.False(result.Verified);
        Assert.Contains("without authority", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told()
    {
        await using var server = new ScriptedNameServer((query, _) => [(ScriptedNameServer.Reply(query) with { ResponseCode = DnsResponseCode.Refused }).Encode()]);
        var result = Assert.Single(await verifier.VerifyAsync(
            [Named("ns", server.Endpoint)], [Switch("www", [A("192.0.2.1")], [])], Short, CancellationToken.None));
        Assert.False(result.Verified);
        Assert.Contains("Refused", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_proven_without_servers_or_by_one_that_could_not_be_found()
    {
        var change = Switch("www", [A("192.0.2.1")], []);
        var nobody = Assert.Single(await verifier.VerifyAsync([], [change], Short, CancellationToken.None));
        Assert.False(nobody.Verified);
        Assert.Contains("no name server", nobody.Reason, StringComparison.Ordinal);

        var unresolved = new AuthoritativeServer { Name = "lost.example.test", Endpoints = [], Problem = "no such host" };
        var lost = Assert.Single(await verifier.VerifyAsync([unresolved], [change], Short, CancellationToken.None));
        Assert.False(lost.Verified);
        Assert.Contains("no such host", lost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_to_something_without_a_fixed_answer_is_not_proven()
    {
        await using var server = Serving("192.0.2.1");
        var alias = new DnsRecordSet { Name = "www.example.test", Type = "A", AliasTarget = "lb.example.test" };
        var results = await verifier.VerifyAsync(
            [Named("ns", server.Endpoint)],
            [Switch("alias", [], [alias]), Switch("broken", [], [A("not an address")])],
            Patience,
            CancellationToken.None);
        Assert.All(results, result => Assert.False(result.Verified));
        Assert.All(results, result => Assert.Contains("can't be proven", result.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_as_a_cancellation()
    {
        await using var server = Serving("192.0.2.1");
        using var cancel = new CancellationTokenSource();
        var waiting = verifier.VerifyAsync([Named("ns", server.Endpoint)], [Switch("www", [], [A("192.0.2.2")])], Patience, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static ScriptedNameServer Serving(string address) => new((query, _) =>
        [(query.Questions[0].Type == DnsRecordType.A ? ScriptedNameServer.Reply(query, address) : ScriptedNameServer.Reply(query)).Encode()]);

    private static AuthoritativeServer Named(string name, params IPEndPoint[] endpoints) => new() { Name = name, Endpoints = endpoints };

    private static DnsSwitch Switch(string label, IReadOnlyList<DnsRecordSet> before, IReadOnlyList<DnsRecordSet> after) =>
        new() { SiteName = label, Record = $"{label}.{RealNameServer.Zone}", Before = before, After = after };

    private static DnsRecordSet A(params string[] values) => Set("A", values);

    private static DnsRecordSet Cname(string target) => Set("CNAME", target);

    private static DnsRecordSet Set(string type, params string[] values) =>
        new() { Name = "ignored", Type = type, Ttl = 60, Values = values };
}
