using System.Collections.Concurrent;

namespace HostingOps.Sandbox.Sites;

/// <summary>How each site misbehaves on each host. Safe for use from several threads.</summary>
internal sealed class SiteFaults
{
    private readonly ConcurrentDictionary<(string Site, string Host), SandboxFault> faults = new();

    /// <summary>The fault of a site on a host.</summary>
    public SandboxFault this[string site, string host]
    {
        get => faults.GetValueOrDefault((site, host));
        set => faults[(site, host)] = value;
    }

    /// <summary>Takes the faults of a host away.</summary>
    public void ClearHost(string host)
    {
        foreach (var key in faults.Keys.Where(key => key.Host == host))
        {
            faults.TryRemove(key, out _);
        }
    }
}
