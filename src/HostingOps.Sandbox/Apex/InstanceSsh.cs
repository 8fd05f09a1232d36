using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;

namespace HostingOps.Sandbox.Apex;

/// <summary>What the instances of a sandbox have for ssh: this machine's sshd, and one key that may log in.</summary>
/// <param name="program">sshd's full path.</param>
/// <param name="identityFile">The private key.</param>
/// <param name="inventory">Whose names need certificates once they are published.</param>
internal sealed class InstanceSsh(string program, string identityFile, HostingInventory inventory)
{
    private static readonly string[] Besides = ["ssh", "ssh-keygen", "flock", "sed"];

    /// <summary>The private key that instances with a key pair let in.</summary>
    public string IdentityFile => identityFile;

    /// <summary>Every name that may be published.</summary>
    public IReadOnlyList<string> Hosts { get; } = Names(inventory);

    /// <summary>This machine's sshd, or null when it or something that it takes is missing.</summary>
    public static string? Find() =>
        !OperatingSystem.IsWindows() && Besides.All(static one => ServerProgram.Find(one) is not null) ? ServerProgram.Find("sshd") : null;

    /// <summary>Makes the key.</summary>
    /// <exception cref="IOException">ssh-keygen fails.</exception>
    public Task MakeKeyAsync(CancellationToken cancellationToken) => SshProcess.MakeKeyAsync(identityFile, "ed25519", "rehearsal", cancellationToken);

    /// <summary>Starts an instance's sshd.</summary>
    /// <param name="shell">What a login finds.</param>
    /// <param name="configuration">The configuration that lies on the instance.</param>
    /// <param name="boot">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public async Task<SshProcess> StartAsync(InstanceShell shell, string configuration, InstanceBoot boot, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(shell.ConfigFile)!);
        await File.WriteAllTextAsync(shell.ConfigFile, configuration, cancellationToken).ConfigureAwait(false);
        var key = boot.KeyName is null ? null : await File.ReadAllTextAsync(identityFile + ".pub", cancellationToken).ConfigureAwait(false);
        return await SshProcess.StartAsync(program, shell, boot, key, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> Names(HostingInventory inventory)
    {
        try
        {
            return inventory.Apex is { } apex
                ? ApexRedirectTable.Create(inventory.Sites, apex.Redirect.WwwAliases).Redirects.Select(static redirect => redirect.Host).ToList()
                : [];
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.ApexRedirectInvalid)
        {
            return [];
        }
    }
}
