using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.Health;

/// <summary>The certificates of <see cref="HealthCheckPolicy.CaFile"/>, read once per version of the file.</summary>
internal sealed class TrustedRoots
{
    private readonly ConcurrentDictionary<string, Entry> files = new(StringComparer.Ordinal);

    /// <summary>The file's certificates, or null when the site names no file.</summary>
    /// <exception cref="ProbeFailedException">Status Unknown: the file is missing, unreadable or has no certificate.</exception>
    public X509Certificate2Collection? For(HostedSite site)
    {
        if (site.Check.CaFile is not { } file)
        {
            return null;
        }

        try
        {
            var folder = Path.GetDirectoryName(site.InventoryPath);
            var path = Path.GetFullPath(file, string.IsNullOrEmpty(folder) ? Environment.CurrentDirectory : Path.GetFullPath(folder));
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                throw Unusable(file, "it does not exist", null);
            }

            var version = (info.LastWriteTimeUtc, info.Length);
            if (files.TryGetValue(path, out var known) && known.Version == version)
            {
                return known.Certificates;
            }

            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(File.ReadAllText(path));
            if (certificates.Count == 0)
            {
                throw Unusable(file, "it has no PEM certificate", null);
            }

            files[path] = new Entry(version, certificates);
            return certificates;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Unusable(file, exception.Message, exception);
        }
    }

    private static ProbeFailedException Unusable(string file, string why, Exception? cause) => new(
        new ProbeFailure(SiteStatus.Unknown, ProbePhase.None, $"the check's caFile '{file}' cannot be used: {why.TrimEnd('.')}"), cause);

    private sealed record Entry((DateTime Written, long Length) Version, X509Certificate2Collection Certificates);
}
