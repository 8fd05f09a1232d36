using System.Text;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// The <c>serve</c> folder of a generation: what web servers include, made from the manifest. nginx and Caddy read it when they load
/// their configuration, so that a server goes on with one whole generation until it is told to reload.
/// </summary>
internal static class MirrorServing
{
    /// <summary>Its name within a generation.</summary>
    public const string FolderName = "serve";

    /// <summary>Entries of nginx's map.</summary>
    public const string NginxMap = "nginx.map";

    /// <summary>What stands in the site's server of nginx.</summary>
    public const string NginxServer = "nginx.conf";

    /// <summary>What stands in the site's block of a Caddyfile.</summary>
    public const string Caddy = "caddy.conf";

    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes it into a generation that is not current yet.</summary>
    /// <param name="folder">The generation's folder.</param>
    /// <param name="generation">Its summary, with the manifest's hash.</param>
    /// <param name="entries">Its manifest.</param>
    /// <param name="settings">The site's settings.</param>
    /// <param name="cancellationToken">Ends it; the folder is to be written again.</param>
    /// <returns>URLs that no configuration can hold: overlong ones, without a file of their own name.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, MirrorGeneration generation, IReadOnlyList<MirrorEntry> entries, MirrorSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(generation);
        ArgumentNullException.ThrowIfNull(settings);
        var table = ServingTable.Create(entries);
        var serve = Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName;
        await WriteAsync(NginxMap, NginxServing.Map(generation, table)).ConfigureAwait(false);
        await WriteAsync(NginxServer, NginxServing.Server(generation, table, settings)).ConfigureAwait(false);
        await WriteAsync(Caddy, CaddyServing.Site(generation, table)).ConfigureAwait(false);
        return table.LeftOut;

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(serve, name), text, Plain, cancellationToken);
    }
}
