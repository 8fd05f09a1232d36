using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.Tests.Health;

/// <summary>A root made for the tests, and certificates of it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;
    private readonly List<X509Certificate2> made = [];

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Test root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
    }

    public string RootPem => root.ExportCertificatePem();

    public X509Certificate2 For(string name, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, bool selfSigned = false)
    {
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var from = notBefore ?? DateTimeOffset.UtcNow.AddDays(-1);
        var until = notAfter ?? DateTimeOffset.UtcNow.AddDays(90);
        using var bare = selfSigned
            ? request.CreateSelfSigned(from, until)
            : request.Create(root, from, until, RandomNumberGenerator.GetBytes(10));
        using var withKey = selfSigned ? null : bare.CopyWithPrivateKey(leafKey);

        // Through PKCS #12, since Schannel can't serve with a key that lives in memory only.
        var certificate = X509CertificateLoader.LoadPkcs12((withKey ?? bare).Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        made.Add(certificate);
        return certificate;
    }

    public void Dispose()
    {
        made.ForEach(certificate => certificate.Dispose());
        root.Dispose();
        key.Dispose();
    }
}
