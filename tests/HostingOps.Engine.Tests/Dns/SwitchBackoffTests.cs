using System.Net;
using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>How long a switcher waits when Route 53 asks it to: growing, and spread by the randomness it was given.</summary>
public sealed class SwitchBackoffTests
{
    [Theory]
    [InlineData(0.0, new[] { 300.0, 600.0, 1200.0 })]
    [InlineData(0.5, new[] { 400.0, 800.0, 1600.0 })]
    public async Task The_waits_double_and_are_spread_by_the_given_random(double drawn, double[] milliseconds)
    {
        var route53 = new ScriptedRoute53
        {
            BeforeWrite = static number =>
            {
                if (number <= 3)
                {
                    throw new PriorRequestNotCompleteException("busy", new IOException(), ErrorType.Sender, "PriorRequestNotComplete", "request-1", HttpStatusCode.BadRequest);
                }
            },
        };
        route53.SetAddress("acme.sites.example.net", TestSites.DigitalOcean.Address!);
        var waits = new Waits();
        var switcher = new RecordSwitcher(
            route53, new HostedZoneReader(route53, SilentReporter.Instance), SilentReporter.Instance, waits, new Drawn(drawn));

        var results = new List<SwitchResult>();
        await foreach (var result in switcher.SwitchAsync(new HostedZoneReference("Z1", "sites.example.net", 2), [Change()], null, CancellationToken.None))
        {
            results.Add(result);
        }

        Assert.Equal(SwitchOutcome.Applied, Assert.Single(results).Outcome);
        Assert.Equal(milliseconds, waits.Asked.Select(static wait => wait.TotalMilliseconds));
    }

    private static DnsSwitch Change() => new()
    {
        SiteName = "acme",
        Record = "acme.sites.example.net",
        Before = [Set(TestSites.DigitalOcean.Address!)],
        After = [Set(TestSites.Linode.Address!)],
    };

    private static DnsRecordSet Set(string address) => new() { Name = "acme.sites.example.net", Type = "A", Ttl = 60, Values = [address] };

    private sealed class Drawn(double value) : Random
    {
        public override double NextDouble() => value;
    }

    /// <summary>A clock that notes each wait and ends it at once.</summary>
    private sealed class Waits : TimeProvider
    {
        public List<TimeSpan> Asked { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
