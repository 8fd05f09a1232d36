using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.State;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// Real nginx on an instance whose user data has a configuration for it: as this user, in a scratch folder, on the instance's
/// loopback address. Other user data starts what it would without nginx.
/// </summary>
/// <param name="program">nginx's full path.</param>
/// <param name="otherwise">What runs on an instance without such user data.</param>
/// <param name="certificates">Has the certificates.</param>
/// <param name="refused">Told why something did not start.</param>
/// <param name="ssh">What instances have for ssh, or null.</param>
internal sealed class NginxSoftware(string program, IInstanceSoftware otherwise, CertificateFolders certificates, Action<string>? refused, InstanceSsh? ssh = null) : IInstanceSoftware
{
    private const int Attempts = 3;

    /// <inheritdoc/>
    public bool HasSsh => ssh is not null;

    /// <inheritdoc/>
    public async Task<IRunningSoftware?> StartAsync(InstanceBoot boot, CancellationToken cancellationToken)
    {
        if (NginxUserData.Configuration(boot.UserData) is not var (file, configuration))
        {
            return await otherwise.StartAsync(boot, cancellationToken).ConfigureAwait(false);
        }

        for (var attempt = 1; ; attempt++)
        {
            var folder = ScratchFolder.Create("hostingops-nginx-");
            NginxProcess? nginx = null;
            try
            {
                var prefix = new NginxPrefix(folder.Path, new IPEndPoint(boot.Address, FreePort(boot.Address)), new IPEndPoint(boot.Address, FreePort(boot.Address)), reloads: HasSsh);
                await prefix.WriteAsync(configuration, boot.InstanceId, certificates, ssh?.Hosts ?? [], cancellationToken).ConfigureAwait(false);
                nginx = NginxProcess.Start(program, folder, prefix);
                await nginx.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (ssh is not null)
                {
                    await nginx.AddSshAsync(() => ssh.StartAsync(new InstanceShell(prefix, program, file, certificates.Root), configuration, boot, cancellationToken)).ConfigureAwait(false);
                }

                return nginx;
            }
            catch (Exception error)
            {
                await (nginx?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
                folder.Dispose();

                // Somebody else may have taken a port in the moment between.
                if (error is AddressTakenException && attempt < Attempts)
                {
                    continue;
                }

                if (error is IOException)
                {
                    refused?.Invoke($"nginx or sshd did not start on {boot.InstanceId}: {error.Message}");
                }

                throw;
            }
        }
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    internal static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
