using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

public sealed class AuthoritativeServersTests
{
    private static readonly HostingInventory Plain = new() { Zone = "sites.example.net" };

    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53", 53)]
    [InlineData("127.0.0.1:5300", "127.0.0.1", 5300)]
    [InlineData("2001:db8::53", "2001:db8::53", 53)]
    [InlineData("[2001:db8::53]", "2001:db8::53", 53)]
    [InlineData("[::1]:5300", "::1", 5300)]
    [InlineData("2001:db8::1:5300", "2001:db8::1:5300", 53)]
    public void An_override_is_an_address_with_or_without_a_port(string text, string address, int port) =>
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), port), AuthoritativeServers.ParseEndpoint(text));

    [Theory]
    [InlineData("")]
    [InlineData("ns.example.net")]
    [InlineData("ns.example.net:53")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:+53")]
    [InlineData("1:53")]
    [InlineData("[127.0.0.1]:53")]
    [InlineData("[::1]:5300:1")]
    [InlineData("[[::1]]")]
    public void Anything_else_is_an_invalid_argument(string text) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => AuthoritativeServers.ParseEndpoint(text)).ErrorId);

    [Fact]
    public async Task Overrides_stand_in_for_the_zones_own_servers()
    {
        var servers = await AuthoritativeServers.FindAsync(
            Plain with { NameServers = ["127.0.0.1:5300", "[::1]:5301"] }, ["ns.example.net"], Unresolvable, CancellationToken.None);
        Assert.Equal(["127.0.0.1:5300", "[::1]:5301"], servers.Select(server => Assert.Single(server.Endpoints).ToString()));
    }

    [Fact]
    public async Task Each_name_gets_all_its_addresses_the_older_family_first()
    {
        var servers = await AuthoritativeServers.FindAsync(
            Plain,
            ["ns-1.example.net.", "NS-1.example.net"],
            (name, _) => Task.FromResult(new[] { IPAddress.Parse("2001:db8::1"), IPAddress.Parse("192.0.2.1") }),
            CancellationToken.None);
        var server = Assert.Single(servers);
        Assert.Equal("ns-1.example.net", server.Name);
        Assert.Equal(["192.0.2.1:53", "[2001:db8::1]:53"], server.Endpoints.Select(endpoint => endpoint.ToString()));
    }

    [Fact]
    public async Task A_name_that_cannot_be_resolved_stays_in_the_list_with_the_reason()
    {
        var servers = await AuthoritativeServers.FindAsync(
            Plain,
            ["good.example.net", "bad.example.net"],
            (name, token) => name == "good.example.net" ? Task.FromResult(new[] { IPAddress.Loopback }) : Unresolvable(name, token),
            CancellationToken.None);
        Assert.Single(servers[0].Endpoints);
        Assert.Empty(servers[1].Endpoints);
        Assert.NotNull(servers[1].Problem);
    }

    [Fact]
    public async Task No_server_at_all_is_an_error_that_names_the_zone()
    {
        var none = await Assert.ThrowsAsync<HostingException>(() => AuthoritativeServers.FindAsync(Plain, [], CancellationToken.None));
        var unresolved = await Assert.ThrowsAsync<HostingException>(() => AuthoritativeServers.FindAsync(Plain, ["ns"], Unresolvable, CancellationToken.None));
        Assert.Equal(ErrorIds.DnsQueryFailed, none.ErrorId);
        Assert.Equal(ErrorIds.DnsQueryFailed, unresolved.ErrorId);
        Assert.Contains("sites.example.net", unresolved.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_resolved_by_the_system()
    {
        var server = Assert.Single(await AuthoritativeServers.FindAsync(Plain, ["localhost"], CancellationToken.None));
        Assert.All(server.Endpoints, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address)));
        Assert.NotEmpty(server.Endpoints);
    }

    private static Task<IPAddress[]> Unresolvable(string name, CancellationToken cancellationToken) =>
        Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
