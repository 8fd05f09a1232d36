using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;
using HostingOps.Engine.Tests.Health;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class EvidenceTests
{
    private static readonly IPEndPoint Endpoint = new(IPAddress.Parse("203.0.113.10"), 443);

    [Theory]
    [InlineData(SiteStatus.Healthy, false, (int)ObservationKind.Answers)]
    [InlineData(SiteStatus.Degraded, false, (int)ObservationKind.Answers)]
    [InlineData(SiteStatus.Down, false, (int)ObservationKind.Faulty)]
    [InlineData(SiteStatus.Down, true, (int)ObservationKind.Silent)]
    [InlineData(SiteStatus.Unknown, false, (int)ObservationKind.Unclear)]
    [InlineData(SiteStatus.Unknown, true, (int)ObservationKind.Unclear)]
    public void A_check_is_evidence_by_its_status_and_whether_the_host_was_silent(SiteStatus status, bool silent, int kind) =>
        Assert.Equal((ObservationKind)kind, Evidence.Of(HealthSamples.Seen(status) with { IsHostSilent = silent }).Kind);

    [Fact]
    public void An_observation_is_known_when_its_check_has_taken_its_time()
    {
        var seen = Evidence.Of(HealthSamples.Seen(SiteStatus.Down) with { Timings = new ProbeTimings { Total = 1500 } });

        Assert.Equal((DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1.5), "Down."), (seen.StartedAt, seen.At, seen.Reason));
    }

    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(0.2, 5, 1)]
    [InlineData(1, 5, 1)]
    [InlineData(3, 5, 3)]
    [InlineData(10, 5, 5)]
    [InlineData(1, 0.5, 0.5)]
    public void A_check_under_way_is_silent_after_the_confirm_interval_but_not_before_a_lost_packet_is_sent_again(double confirm, double timeout, double expected) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            Evidence.SilentAfter(new HealthCheckPolicy { ConfirmInterval = TimeSpan.FromSeconds(confirm), Timeout = TimeSpan.FromSeconds(timeout) }));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, false)]
    [InlineData(SocketError.ConnectionReset, false)]
    [InlineData(SocketError.Fault, false)]
    [InlineData(SocketError.TimedOut, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.NetworkUnreachable, true)]
    [InlineData(SocketError.HostDown, true)]
    public void A_refusal_is_told_from_a_silence(SocketError error, bool silent)
    {
        var failure = ConnectFailure.OfConnect(error, Endpoint, _ => IPAddress.Parse("192.0.2.1"));

        Assert.Equal((SiteStatus.Down, silent), (failure.Status, failure.IsSilence));
    }

    [Fact]
    public void Without_a_route_of_this_machine_an_unreachable_host_is_no_silence()
    {
        var failure = ConnectFailure.OfConnect(SocketError.HostUnreachable, Endpoint, _ => null);

        Assert.Equal((SiteStatus.Unknown, false), (failure.Status, failure.IsSilence));
    }

    [Theory]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.HostUnreachable)]
    public void A_connection_that_was_there_and_broke_is_no_silence(SocketError error) =>
        Assert.False(ConnectFailure.OfBreak(error, Endpoint, ProbePhase.FirstByte, "without an answer", _ => IPAddress.Parse("192.0.2.1")).IsSilence);

    [Theory]
    [InlineData(ProbePhase.Connect, true)]
    [InlineData(ProbePhase.Tls, false)]
    [InlineData(ProbePhase.FirstByte, false)]
    [InlineData(ProbePhase.Body, false)]
    public void A_timeout_is_a_silence_only_when_there_was_no_connection(ProbePhase phase, bool silent) =>
        Assert.Equal(silent, ConnectFailure.OfTimeout(phase, TimeSpan.FromSeconds(5), Endpoint, "www.acme.example", _ => IPAddress.Parse("192.0.2.1")).IsSilence);

    [SkippableFact]
    public async Task A_probe_tells_a_host_that_refuses_from_one_that_is_silent()
    {
        using var prober = new SiteProber(TimeProvider.System);
        using var closed = HealthSamples.ClosedPort(out var refusing);
        using var silent = new SilentListener();

        Assert.Equal((SiteStatus.Down, false), await ProbeAsync(refusing, HealthSamples.Patience));
        Assert.Equal((SiteStatus.Down, true), await ProbeAsync(silent.Port, TimeSpan.FromMilliseconds(400)));

        async Task<(SiteStatus, bool)> ProbeAsync(int at, TimeSpan timeout)
        {
            var check = HealthSamples.Http with { Timeout = timeout };
            var health = await prober.ProbeAsync(HealthSamples.Site(check), HealthSamples.Host("do-1", at), HealthTarget.Primary, CancellationToken.None);
            return (health.Status, health.IsHostSilent);
        }
    }

    [SkippableFact]
    public async Task A_host_that_has_sent_us_on_to_a_silent_port_is_not_silent_itself()
    {
        using var prober = new SiteProber(TimeProvider.System);
        using var silent = new SilentListener();
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect("https://www.acme.example/"));
        var host = HealthSamples.Host("do-1") with
        {
            ConnectTo = new Dictionary<int, string>
            {
                [80] = FormattableString.Invariant($"127.0.0.1:{server.Port}"),
                [443] = FormattableString.Invariant($"127.0.0.1:{silent.Port}"),
            },
        };
        var check = HealthSamples.Http with { Timeout = TimeSpan.FromSeconds(2) };
        var health = await prober.ProbeAsync(HealthSamples.Site(check), host, HealthTarget.Primary, CancellationToken.None);

        Assert.Equal((SiteStatus.Down, ProbePhase.Connect, false), (health.Status, health.FailedPhase, health.IsHostSilent));
    }
}
