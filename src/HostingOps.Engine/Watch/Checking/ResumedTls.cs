using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>TLS for routine checks: HTTP/1.1 only, resuming an earlier session where the server lets it, which saves both sides most of the work.</summary>
internal static class ResumedTls
{
    private static readonly List<SslApplicationProtocol> Http11 = [SslApplicationProtocol.Http11];

    /// <summary>Secures a connection.</summary>
    /// <returns>The stream, and what is known of the certificate; a bad one is the caller's to judge.</returns>
    public static async Task<(Stream Stream, CertificateReport? Certificate)> OpenAsync(
        Stream transport, string serverName, X509Certificate2Collection? roots, ChainMemory chains, TimeProvider clock, CancellationToken cancellationToken)
    {
        CertificateReport? report = null;
        var tls = new SslStream(transport, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName,
                    ApplicationProtocols = Http11,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    CertificateChainPolicy = ChainMemory.Unbuilt(clock.GetUtcNow()),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        report = chains.Inspect(certificate, chain, errors, serverName, roots);
                        return true;
                    },
                },
                cancellationToken).ConfigureAwait(false);
            return (tls, report);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
