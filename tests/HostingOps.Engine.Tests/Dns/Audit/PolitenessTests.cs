using System.Collections.Concurrent;
using System.Net;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>How servers of others are treated.</summary>
public sealed class PolitenessTests
{
    private static readonly IPEndPoint Server = IPEndPoint.Parse("192.0.2.1:53");
    private static readonly IPEndPoint Other = IPEndPoint.Parse("192.0.2.2:53");

    [Fact]
    public async Task Nobody_is_asked_the_same_twice_even_at_once()
    {
        var exchange = new HeldExchange();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 4, PerSecond = 1000 }, TimeProvider.System);

        var all = Enumerable.Range(0, 100).Select(number => client.AskAsync(Server, Ask(number % 2), CancellationToken.None)).ToList();
        exchange.ReleaseAll();
        await Task.WhenAll(all);
        await client.AskAsync(Server, Ask(1), CancellationToken.None);
        await client.AskAsync(Server, Ask(1) with { CheckingDisabled = true }, CancellationToken.None);
        await client.AskAsync(Other, Ask(1), CancellationToken.None);

        Assert.Equal(4, exchange.Asked.Count);
    }

    [Fact]
    public async Task So_many_questions_are_under_way_at_one_server_and_no_more_and_others_do_not_wait_for_it()
    {
        var exchange = new HeldExchange();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 3, PerSecond = 1000 }, TimeProvider.System);

        var slow = Enumerable.Range(0, 20).Select(number => client.AskAsync(Server, Ask(number), CancellationToken.None)).ToList();
        var other = client.AskAsync(Other, Ask(0), CancellationToken.None);
        Assert.Equal(3, exchange.Asked.Count(static server => server.Equals(Server)));
        Assert.Equal(1, exchange.Asked.Count(static server => server.Equals(Other)));

        exchange.ReleaseAll();
        await Task.WhenAll([.. slow, other]);
        Assert.Equal(20, exchange.Asked.Count(static server => server.Equals(Server)));
        Assert.Equal(3, exchange.MostAtOnce(Server));
    }

    [Fact]
    public async Task Questions_go_at_a_pace_after_a_small_burst()
    {
        var clock = new ManualTimeProvider();
        var exchange = new HeldExchange();
        exchange.ReleaseAll();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 4, PerSecond = 2 }, clock);

        var all = Enumerable.Range(0, 10).Select(number => client.AskAsync(Server, Ask(number), CancellationToken.None)).ToList();
        Assert.Equal(4, exchange.Asked.Count);

        for (var second = 1; second <= 3; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Until(() => exchange.Asked.Count == 4 + (2 * second) - 1);
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Until(() => exchange.Asked.Count == 4 + (2 * second));
        }

        await Task.WhenAll(all);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_alone_for_a_while()
    {
        var clock = new ManualTimeProvider();
        var exchange = new HeldExchange { IsSilent = true };
        exchange.ReleaseAll();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 16, PerSecond = 1000 }, clock);

        for (var number = 0; number < 10; number++)
        {
            var reply = await client.AskAsync(Server, Ask(number), CancellationToken.None);
            Assert.Equal(number < 3 ? "gave no answer within 5 s" : "did not answer earlier questions", reply.Problem);
        }

        Assert.Equal(3, exchange.Asked.Count);

        clock.Advance(TimeSpan.FromMinutes(2));
        exchange.IsSilent = false;
        Assert.NotNull((await client.AskAsync(Server, Ask(10), CancellationToken.None)).Message);
        Assert.NotNull((await client.AskAsync(Server, Ask(11), CancellationToken.None)).Message);
    }

    [Fact]
    public async Task A_server_that_has_answered_is_given_a_lost_burst_before_it_is_left_alone()
    {
        var exchange = new HeldExchange();
        exchange.ReleaseAll();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 4, PerSecond = 1000 }, TimeProvider.System);
        Assert.True(await AskedAsync(0));

        exchange.IsSilent = true;
        for (var number = 1; number <= 12; number++)
        {
            Assert.True(await AskedAsync(number));
        }

        Assert.False(await AskedAsync(13));
        Assert.Equal(13, exchange.Asked.Count);

        async Task<bool> AskedAsync(int number) => (await client.AskAsync(Server, Ask(number), CancellationToken.None)).WasAsked;
    }

    [Fact]
    public async Task What_was_not_wanted_for_long_is_forgotten_and_what_is_wanted_stays()
    {
        var exchange = new HeldExchange();
        exchange.ReleaseAll();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 1, PerSecond = 1_000_000, MostKept = 10 }, TimeProvider.System);
        for (var number = 0; number < 100; number++)
        {
            await client.AskAsync(Server, Ask(number), CancellationToken.None);
            await client.AskAsync(Server, Ask(0), CancellationToken.None);
        }

        Assert.Equal(100, exchange.Asked.Count);
        await client.AskAsync(Server, Ask(1), CancellationToken.None);
        Assert.Equal(101, exchange.Asked.Count);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_turn()
    {
        var exchange = new HeldExchange();
        var client = new PoliteDnsClient(exchange, new DnsManners { AtOnce = 1, PerSecond = 1000 }, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var all = Enumerable.Range(0, 5).Select(number => client.AskAsync(Server, Ask(number), stop.Token)).ToList();

        await stop.CancelAsync();

        foreach (var task in all)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }
    }

    private static DnsAsk Ask(int number) => new(new DnsQuestion(DnsName.Parse($"n{number}.example"), DnsRecordType.A));

    private static async Task Until(Func<bool> condition)
    {
        for (var wait = 0; wait < 500 && !condition(); wait++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }

    /// <summary>Answers when it is let.</summary>
    private sealed class HeldExchange : IDnsExchange
    {
        private readonly TaskCompletionSource released = new();
        private readonly ConcurrentDictionary<IPEndPoint, (int Now, int Most)> counts = new();

        public ConcurrentQueue<IPEndPoint> Asked { get; } = new();

        public bool IsSilent { get; set; }

        public int MostAtOnce(IPEndPoint server) => counts[server].Most;

        public void ReleaseAll() => released.TrySetResult();

        public async Task<DnsMessage> QueryAsync(IPEndPoint server, DnsAsk ask, TimeSpan timeout, CancellationToken cancellationToken)
        {
            Asked.Enqueue(server);
            counts.AddOrUpdate(server, (1, 1), static (_, count) => (count.Now + 1, Math.Max(count.Most, count.Now + 1)));
            await released.Task.WaitAsync(cancellationToken);
            counts.AddOrUpdate(server, (0, 1), static (_, count) => (count.Now - 1, count.Most));
            return IsSilent
                ? throw new HostingException(ErrorIds.DnsQueryFailed, HostingErrorCategory.OperationTimeout, server, "silence")
                : new DnsMessage { IsResponse = true, Questions = [ask.Question] };
        }
    }
}
