using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>What this machine's own faults are never taken for.</summary>
public sealed class FailureRulesTests
{
    private static readonly IPEndPoint Far = new(IPAddress.Parse("203.0.113.10"), 443);
    private static readonly IPEndPoint FarV6 = new(IPAddress.Parse("2001:db8::10"), 443);

    private static IPAddress? Routed(IPAddress to) => to.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Parse("192.0.2.2") : IPAddress.Parse("2001:db8::2");

    private static IPAddress? Unrouted(IPAddress to) => null;

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.AddressAlreadyInUse)]
    [InlineData(SocketError.AddressNotAvailable)]
    [InlineData(SocketError.AccessDenied)]
    [InlineData(SocketError.AddressFamilyNotSupported)]
    [InlineData(SocketError.NetworkDown)]
    public void A_fault_of_this_machine_is_unknown(SocketError error) =>
        Assert.Equal(SiteStatus.Unknown, ConnectFailure.OfConnect(error, Far, Routed).Status);

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.NetworkUnreachable)]
    public void A_fault_of_the_far_side_is_down(SocketError error) =>
        Assert.Equal(SiteStatus.Down, ConnectFailure.OfConnect(error, Far, Routed).Status);

    [Theory]
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.HostUnreachable)]
    public void Unreachable_without_a_route_of_our_own_is_unknown(SocketError error)
    {
        var failure = ConnectFailure.OfConnect(error, Far, Unrouted);

        Assert.Equal(SiteStatus.Unknown, failure.Status);
        Assert.Contains("no route", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.NetworkDown, SiteStatus.Unknown)]
    [InlineData(SocketError.AccessDenied, SiteStatus.Unknown)]
    [InlineData(SocketError.NoBufferSpaceAvailable, SiteStatus.Unknown)]
    [InlineData(SocketError.ConnectionReset, SiteStatus.Down)]
    [InlineData(SocketError.ConnectionAborted, SiteStatus.Down)]
    [InlineData(SocketError.TimedOut, SiteStatus.Down)]
    public void A_connection_broken_by_this_machine_is_unknown_in_every_phase(SocketError error, SiteStatus expected)
    {
        foreach (var phase in new[] { ProbePhase.Tls, ProbePhase.FirstByte, ProbePhase.Body })
        {
            var failure = ConnectFailure.OfBreak(error, Far, phase, "without an answer", Routed);
            Assert.Equal((expected, phase), (failure.Status, failure.Phase));
        }

        Assert.Equal(SiteStatus.Unknown, ConnectFailure.OfBreak(SocketError.HostUnreachable, Far, ProbePhase.Body, "", Unrouted).Status);
    }

    [Theory]
    [InlineData(ProbePhase.Connect)]
    [InlineData(ProbePhase.Tls)]
    [InlineData(ProbePhase.FirstByte)]
    [InlineData(ProbePhase.Body)]
    public void A_timeout_of_a_machine_that_has_lost_its_route_is_unknown(ProbePhase phase)
    {
        var failure = ConnectFailure.OfTimeout(phase, TimeSpan.FromSeconds(5), Far, "www.acme.example", Unrouted);

        Assert.Equal((SiteStatus.Unknown, phase), (failure.Status, failure.Phase));
        Assert.Contains("route", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fd00::2", SiteStatus.Unknown)]
    [InlineData("fe80::2", SiteStatus.Unknown)]
    [InlineData("2001:db8::2", SiteStatus.Down)]
    public void A_silent_IPv6_address_counts_only_from_a_machine_with_a_global_one(string source, SiteStatus expected)
    {
        Assert.Equal(expected, ConnectFailure.OfConnect(SocketError.TimedOut, FarV6, _ => IPAddress.Parse(source)).Status);
        Assert.Equal(
            expected,
            ConnectFailure.OfTimeout(ProbePhase.Connect, TimeSpan.FromSeconds(5), FarV6, "www.acme.example", _ => IPAddress.Parse(source)).Status);
    }

    [Theory]
    [InlineData(ProbePhase.Resolve, SiteStatus.Unknown)]
    [InlineData(ProbePhase.Connect, SiteStatus.Down)]
    [InlineData(ProbePhase.Tls, SiteStatus.Down)]
    [InlineData(ProbePhase.FirstByte, SiteStatus.Down)]
    [InlineData(ProbePhase.Body, SiteStatus.Down)]
    public void A_timeout_names_its_phase_and_only_the_resolver_s_is_unknown(ProbePhase phase, SiteStatus expected)
    {
        var failure = ConnectFailure.OfTimeout(phase, TimeSpan.FromSeconds(5), Far, "www.acme.example", Routed);

        Assert.Equal(expected, failure.Status);
        Assert.Equal(phase, failure.Phase);
        Assert.Contains("within 5 s", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5.0, 5, false)]
    [InlineData(7.4, 5, false)]
    [InlineData(7.6, 5, true)]
    [InlineData(3.1, 1, true)]
    [InlineData(2.9, 1, false)]
    public void A_probe_far_over_its_time_shows_a_stalled_machine(double elapsed, double timeout, bool stalled) =>
        Assert.Equal(stalled, StallRules.Stalled(TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(timeout)));

    [Fact]
    public void Loopback_has_a_route_and_a_global_address_is_not_too_far_from_itself()
    {
        Assert.Equal(IPAddress.Loopback, LocalRoute.SourceFor(IPAddress.Loopback));
        Assert.False(LocalRoute.IsTooLocal(IPAddress.Loopback, Far.Address));
        Assert.False(LocalRoute.IsTooLocal(IPAddress.IPv6Loopback, IPAddress.IPv6Loopback));
        Assert.False(LocalRoute.IsTooLocal(null, FarV6.Address));
    }
}
