using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Ssh;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>Plans a publish by reading only.</summary>
internal sealed class ApexPublishPlanner(HostingInventory inventory, TimeProvider time)
{
    private const int HttpPort = 80;
    private const int LongestPath = 1024;
    private static readonly Dictionary<string, string> NoWays = [];

    /// <summary>Reads the redirector's file and says what would change.</summary>
    /// <exception cref="HostingException">ApexNotConfigured, ApexRedirectInvalid, InvalidArgument, ApexPublishFailed, SshConnectionFailed, SshHostKeyRejected.</exception>
    public async Task<ApexPublishPlan> PlanAsync(ApexRedirectTable table, ApexPublishOptions options, CancellationToken cancellationToken)
    {
        var settings = inventory.Apex ?? throw Missing("The inventory has no 'apex' section, so that it is not known how a configuration is tested and loaded.");
        var destination = options.Destination ?? settings.Ssh ?? throw Missing("The inventory does not say where the redirector is: 'apex.ssh' is missing.");
        var path = Checked(options.Path ?? settings.ConfigPath);
        var (text, checksum) = NginxRedirectConfig.Write(table, settings.Redirect, options.Listeners);
        var ssh = new SshClient(destination, options.Ssh, time);
        var askAt = options.Verify ? await AddressAsync(ssh, destination, options, cancellationToken).ConfigureAwait(false) : null;
        var seen = await new RemoteConfigReader(ssh, destination, settings, options).ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var former = seen.Former is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        var names = RedirectNames.Read(former ?? "");
        var redirects = table.Redirects;
        return new ApexPublishPlan
        {
            Destination = destination,
            Path = seen.Path,
            Checksum = checksum,
            FormerChecksum = former is null ? null : ConfigChecksum.Stated(former),
            Origin = former is null ? null : ConfigChecksum.Judge(former),
            Unfinished = seen.Undo is not null,
            Added = redirects.Count(redirect => !names.ContainsKey(redirect.Host)),
            Changed = redirects.Count(redirect => names.TryGetValue(redirect.Host, out var target) && target != redirect.Target),
            Removed = names.Keys.Except(redirects.Select(static redirect => redirect.Host)).Count(),
            DomainCount = redirects.Count,
            Refusal = options.OverwriteEdited ? null : RefusalOf(seen.File) ?? RefusalOf(seen.Undo),
            ChangesNothing = seen.Undo is null && former == text,
            TestsCandidate = PublishScript.TestsCandidate(settings),
            PlannedAt = time.GetUtcNow(),
            Options = options,
            Text = text,
            Seen = seen,
            Sample = RedirectSample.Choose(redirects, names),
            Gone = RedirectSample.ChooseGone(redirects, names),
            AskAt = askAt is null ? null : new ApexRoutes(settings, NoWays, rehearsal: false).Of(askAt),
        };
    }

    private static string? RefusalOf(byte[]? file) => file is null or { Length: 0 } ? null : ConfigChecksum.Judge(Encoding.UTF8.GetString(file)) switch
    {
        ConfigOrigin.Edited => "The file was edited by hand since HostingOps wrote it.",
        ConfigOrigin.Foreign => "HostingOps did not write the file.",
        _ => null,
    };

    // Any character may stand in it, for it is quoted wherever it goes; but no line of the answer may be split by it.
    private static string Checked(string path) =>
        path is ['/', _, ..] && path.Length <= LongestPath && !path.Any(char.IsControl) && !path.Split('/').Skip(1).Any(static segment => segment is "" or "." or "..")
            ? path
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                path,
                $"'{path}' is no path of a file on the redirector; an absolute one such as /etc/nginx/conf.d/hostingops-apex.conf was expected.");

    private static async Task<IPEndPoint> AddressAsync(SshClient ssh, SshDestination destination, ApexPublishOptions options, CancellationToken cancellationToken)
    {
        var text = options.VerifyAddress ?? await ssh.HostAsync(cancellationToken).ConfigureAwait(false);
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPEndPoint(address, HttpPort);
        }

        if (options.VerifyAddress is not null)
        {
            return IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0
                ? endpoint
                : throw new HostingException(
                    ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, text, $"'{text}' is no address to verify at; 198.51.100.99 or 198.51.100.99:8080 was expected.");
        }

        try
        {
            var found = await System.Net.Dns.GetHostAddressesAsync(text, cancellationToken).ConfigureAwait(false);
            return new IPEndPoint(found.OrderBy(static one => one.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First(), HttpPort);
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                destination.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"{destination} leads to '{text}', which has no address that could be asked after the reload."),
                "Name one with -VerifyAddress, or give -SkipVerification.",
                error);
        }
    }

    private HostingException Missing(string message) => new(
        ErrorIds.ApexNotConfigured, HostingErrorCategory.ObjectNotFound, inventory.Path, message, "Add 'apex: { elasticIp: ..., ssh: user@host }' to the inventory.");
}
