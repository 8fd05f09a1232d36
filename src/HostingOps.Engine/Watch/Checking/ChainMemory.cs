using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>
/// What was found of a certificate's chain, remembered for a while: building one is the larger part of a routine check's processor
/// time, and the same certificate is shown thousands of times. Whether it has ended is judged at each check all the same.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class ChainMemory(TimeProvider clock)
{
    // So long a server may stop sending an intermediate certificate before a routine check finds out.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(string Certificate, string Name), (long At, CertificateReport Report)> known = new();

    /// <summary>The rules of a chain that is not to be built: nothing is trusted, so nothing is looked for.</summary>
    public static X509ChainPolicy Unbuilt(DateTimeOffset now) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationTime = now.UtcDateTime,
        VerificationTimeIgnored = false,
    };

    /// <summary>Inspects a certificate that TLS has shown, with its chain built now or not long ago.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="unbuilt">The handshake's chain, which holds what the server sent besides.</param>
    /// <param name="errors">The handshake's errors, of which only the name's count.</param>
    /// <param name="serverName">The name asked for.</param>
    /// <param name="roots">Roots to trust instead of the system's, or null.</param>
    public CertificateReport Inspect(
        X509Certificate? certificate, X509Chain? unbuilt, SslPolicyErrors errors, string serverName, X509Certificate2Collection? roots)
    {
        var now = clock.GetUtcNow();
        if (certificate is not X509Certificate2 leaf)
        {
            return CertificateInspection.Inspect(certificate, unbuilt, errors, serverName, now);
        }

        var key = (leaf.GetCertHashString(HashAlgorithmName.SHA256), serverName);
        if (known.TryGetValue(key, out var before) && clock.GetElapsedTime(before.At) < Remembered && !(before.Report.NotAfter <= now))
        {
            return before.Report;
        }

        using var chain = new X509Chain { ChainPolicy = CertificateInspection.ChainPolicy(roots, now) };
        if (unbuilt is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(unbuilt.ChainPolicy.ExtraStore);
        }

        // The rules by which TLS would have judged it itself: a certificate for servers.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        var isTrusted = chain.Build(leaf);
        var judged = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) | (isTrusted ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors);
        var report = CertificateInspection.Inspect(leaf, chain, judged, serverName, now);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[key] = (clock.GetTimestamp(), report);
        return report;
    }
}
