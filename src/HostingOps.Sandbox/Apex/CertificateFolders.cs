using System.Collections.Concurrent;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox.Apex;

/// <summary>A folder for each name's certificate, which all instances share: each is issued once, by the sandbox's authority.</summary>
internal sealed class CertificateFolders(string root, SandboxAuthority authority)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> issued = new(StringComparer.Ordinal);

    /// <summary>Where they all are.</summary>
    public string Root => root;

    /// <summary>The folder of a name.</summary>
    public string Of(string host) => Path.Combine(root, host);

    /// <summary>Issues those that are not there yet.</summary>
    public async Task WriteAsync(IEnumerable<string> hosts, CancellationToken cancellationToken)
    {
        foreach (var host in hosts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await issued.GetOrAdd(host, static (name, folders) => new Lazy<Task>(() => folders.IssueAsync(name)), this).Value.ConfigureAwait(false);
        }
    }

    // Not stopped with the instance that came first: others wait for the same one.
    private async Task IssueAsync(string host)
    {
        var folder = Directory.CreateDirectory(Of(host)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "fullchain.pem"), authority.IssuePem(host), CancellationToken.None).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "privkey.pem"), authority.KeyPem, CancellationToken.None).ConfigureAwait(false);
    }
}
