using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// Real nginx on an instance whose user data has a configuration for it: as this user, in a scratch folder, on the instance's
/// loopback address. Other user data starts what it would without nginx.
/// </summary>
internal sealed class NginxSoftware(string program, IInstanceSoftware otherwise, SandboxAuthority authority, Action<string>? refused) : IInstanceSoftware
{
    private const int Attempts = 3;

    /// <inheritdoc/>
    public async Task<IRunningSoftware?> StartAsync(InstanceBoot boot, CancellationToken cancellationToken)
    {
        if (NginxUserData.Configuration(boot.UserData) is not { } configuration)
        {
            return await otherwise.StartAsync(boot, cancellationToken).ConfigureAwait(false);
        }

        for (var attempt = 1; ; attempt++)
        {
            var folder = ScratchFolder.Create("hostingops-nginx-");
            NginxProcess? nginx = null;
            try
            {
                var prefix = new NginxPrefix(folder.Path, new IPEndPoint(boot.Address, FreePort(boot.Address)), new IPEndPoint(boot.Address, FreePort(boot.Address)));
                await prefix.WriteAsync(configuration, boot.InstanceId, authority, cancellationToken).ConfigureAwait(false);
                nginx = NginxProcess.Start(program, folder, prefix);
                await nginx.WaitAsync(cancellationToken).ConfigureAwait(false);
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
                    refused?.Invoke($"nginx did not start on {boot.InstanceId}: {error.Message}");
                }

                throw;
            }
        }
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
