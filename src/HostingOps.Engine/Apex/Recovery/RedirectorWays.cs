using HostingOps.Engine.Apex.Addresses;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>The ways to ask addresses. While EC2 is a rehearsal, an address that nothing leads to is never asked: it may be somebody's real one.</summary>
/// <param name="connectTo">By <c>address:port</c>: where connections go instead.</param>
/// <param name="rehearsal">Whether EC2 is a rehearsal.</param>
/// <param name="questionTimeout">How long one question may take.</param>
internal sealed class RedirectorWays(IReadOnlyDictionary<string, string> connectTo, bool rehearsal, TimeSpan questionTimeout)
{
    /// <summary>Whether the address may be asked.</summary>
    public bool LeadTo(string address) => !rehearsal || connectTo.ContainsKey($"{address}:80");

    /// <summary>A probe of one name on that address.</summary>
    public IElasticIpProbe To(string address, string host, string pathAndQuery = "/") =>
        LeadTo(address) ? new RedirectorProbe(host, connectTo, questionTimeout, pathAndQuery) : new NoWay();

    private sealed class NoWay : IElasticIpProbe
    {
        public Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken) => Task.FromResult(new ElasticIpAnswer(
            false, null, $"it was not asked: EC2 is a rehearsal, and -ConnectTo does not say where {publicIp} is answered"));
    }
}
