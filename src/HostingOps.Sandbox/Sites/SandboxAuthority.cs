using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Sandbox.Sites;

/// <summary>
/// The sandbox's own certificate authority, made anew at each start and trusted by nobody but the rehearsal inventory.
/// Its own key never leaves the process.
/// </summary>
internal sealed class SandboxAuthority : IDisposable
{
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa siteKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;
    private readonly DateTimeOffset now;
    private long lastSerial;

    /// <summary>Makes the authority; its certificates are valid around this moment.</summary>
    public SandboxAuthority(TimeProvider timeProvider)
    {
        now = timeProvider.GetUtcNow();
        var request = new CertificateRequest("CN=HostingOps sandbox authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        authority = request.CreateSelfSigned(now.AddDays(-400), now.AddDays(400));
    }

    /// <summary>The authority's certificate as PEM, for curl's --cacert and an inventory's caFile.</summary>
    public string Pem => authority.ExportCertificatePem() + "\n";

    /// <summary>A certificate for names, ready to be shown by a server.</summary>
    /// <param name="names">DNS names, at least one.</param>
    /// <param name="isExpired">Whether it ran out yesterday instead of being valid for 90 days more.</param>
    public SslStreamCertificateContext Issue(IReadOnlyList<string> names, bool isExpired)
    {
        using var bare = Sign(names, isExpired);
        using var keyed = bare.CopyWithPrivateKey(siteKey);
        return SslStreamCertificateContext.Create(ForServer(keyed), [authority], offline: true);
    }

    /// <summary>The private key of all certificates as PEM, for a server of another process.</summary>
    public string KeyPem => siteKey.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>A certificate for one name as PEM, to be used with <see cref="KeyPem"/>.</summary>
    public string IssuePem(string name)
    {
        using var certificate = Sign([name], isExpired: false);
        return certificate.ExportCertificatePem() + "\n";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
        siteKey.Dispose();
    }

    private X509Certificate2 Sign(IReadOnlyList<string> names, bool isExpired)
    {
        var request = new CertificateRequest("CN=" + names[0], siteKey, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var serial = BitConverter.GetBytes(Interlocked.Increment(ref lastSerial));
        Array.Reverse(serial);
        var notAfter = isExpired ? now.AddDays(-1) : now.AddDays(90);
        return request.Create(authority, now.AddDays(-60), notAfter, [1, .. serial]);
    }

    // SslStream on Windows takes no ephemeral key, on Linux and macOS the round trip through PKCS#12 does no harm either.
    private static X509Certificate2 ForServer(X509Certificate2 certificate) => new(certificate.Export(X509ContentType.Pkcs12));
}
