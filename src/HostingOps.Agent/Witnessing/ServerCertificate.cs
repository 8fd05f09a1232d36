using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Agent.Witnessing;

/// <summary>A certificate and its key in PEM files, read again when they change: ACME clients renew them in place. One that can't be read leaves the last in use.</summary>
internal sealed class ServerCertificate
{
    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly Action<string> warn;
    private readonly Lock gate = new();
    private (DateTime, DateTime) version;
    private SslStreamCertificateContext current;

    /// <exception cref="HostingException">WitnessNotListening: the files are not there, or are no certificate and key that fit.</exception>
    public ServerCertificate(string certificateFile, string keyFile, Action<string> warn)
    {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.warn = warn;
        try
        {
            version = Version();
            current = Read();
        }
        catch (Exception error) when (IsUnusable(error))
        {
            throw new HostingException(
                ErrorIds.WitnessNotListening,
                HostingErrorCategory.ResourceUnavailable,
                certificateFile,
                $"The certificate {certificateFile} with the key {keyFile} can't be used: {error.Message}",
                "Give PEM files: the certificate with its chain, and its private key without a password.",
                error);
        }
    }

    /// <summary>The certificate as the files have it now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (gate)
            {
                var now = Version();
                if (now != version)
                {
                    version = now;
                    try
                    {
                        current = Read();
                    }
                    catch (Exception error) when (IsUnusable(error))
                    {
                        warn($"The certificate {certificateFile} has changed and can't be used, so the last one stays in use: {error.Message}");
                    }
                }

                return current;
            }
        }
    }

    private static bool IsUnusable(Exception error) => error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private (DateTime, DateTime) Version() => (File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile));

    private SslStreamCertificateContext Read()
    {
        using var read = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);

        // SslStream on Windows takes no ephemeral key.
        var leaf = OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null) : new X509Certificate2(read);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
