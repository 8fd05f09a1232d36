using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Audit.Looking;
using HostingOps.Engine.Dns.Audit.Rules;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns.Audit;

/// <summary>Audits what the outside sees of many sites' names. Reads only.</summary>
/// <param name="inventory">What should be there.</param>
/// <param name="exchange">Asks one server.</param>
/// <param name="resolve">Finds the addresses of a resolver's name.</param>
/// <param name="random">Makes the name that nobody has made a record for.</param>
/// <param name="reporter">Is told of progress.</param>
/// <param name="clock">For dates, paces and progress.</param>
internal sealed class SiteDnsAuditor(
    HostingInventory inventory,
    IDnsExchange exchange,
    Func<string, CancellationToken, Task<IPAddress[]>> resolve,
    Random random,
    IOperationReporter reporter,
    TimeProvider clock)
{
    private const string Activity = "Auditing DNS";

    /// <summary>Audits the sites; results come as they are made, in no order.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the auditing.</param>
    /// <exception cref="HostingException">InvalidArgument. Servers that do not answer are findings.</exception>
    public IAsyncEnumerable<SiteDnsAudit> AuditAsync(IReadOnlyList<HostedSite> sites, SiteDnsAuditOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = inventory.DnsAudit with { CertificateAuthorities = options.CertificateAuthorities ?? inventory.DnsAudit.CertificateAuthorities };
        if (options.ThrottleLimit < 1 || options.Timeout <= TimeSpan.Zero || settings.CertificateAuthorities.FirstOrDefault(static name => !DnsName.TryParse(name, out _)) is not null)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                options,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An audit wants at least one site at once, a time for a question, and certificate authorities as CAA records name them; given were {options.ThrottleLimit}, {options.Timeout.TotalSeconds} s and '{string.Join(", ", settings.CertificateAuthorities)}'."));
        }

        return RunAsync(sites, options, settings, cancellationToken);
    }

    private async IAsyncEnumerable<SiteDnsAudit> RunAsync(
        IReadOnlyList<HostedSite> sites, SiteDnsAuditOptions options, DnsAuditSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var named = inventory.NameServers.Select(AuthoritativeServers.ParseEndpoint).ToList();

        // A rehearsal's servers are all there is of its world: the real one is not asked about it.
        var isRehearsal = settings.Roots.Count == 0 && named.Count > 0 && named.All(static server => IPAddress.IsLoopback(server.Address));
        var texts = options.Resolvers ?? (isRehearsal && ReferenceEquals(settings.Resolvers, DnsAuditSettings.Default.Resolvers) ? [] : settings.Resolvers);
        var resolvers = await PublicResolvers.FindAsync(texts, resolve, cancellationToken).ConfigureAwait(false);
        if (sites.Count == 0)
        {
            yield break;
        }

        var manners = new DnsManners { AtOnce = settings.QuestionsAtOnce, PerSecond = settings.QuestionsPerSecond, Timeout = options.Timeout };
        var client = new PoliteDnsClient(exchange, manners, clock);
        var zone = DnsName.Parse(inventory.Zone);
        var root = settings.Roots.Count > 0 ? RootServers.At(DnsName.Root, settings.Roots.Select(AuthoritativeServers.ParseEndpoint).ToList())
            : isRehearsal ? RootServers.At(DnsName.Root, named)
            : RootServers.OfTheInternet;
        var walk = new DelegationWalk(client, root, named.Count > 0 ? RootServers.At(zone, named) : null, settings.Port);
        var look = new SiteLook(
            walk,
            new NameLook(client, walk),
            new ZoneLook(client, walk, zone, string.Create(CultureInfo.InvariantCulture, $"hostingops-check-{random.Next():x8}")),
            new CaaLook(walk),
            new ResolverLook(client, resolvers),
            inventory.Apex);
        using var progress = new ActivityProgress(reporter, clock, Activity, sites.Count);
        var audits = BoundedStream.RunAsync(
            sites,
            options.ThrottleLimit,
            async (site, stop) => SiteDnsRules.Judge(new AuditContext(await look.LookAsync(site, stop).ConfigureAwait(false), inventory.Apex, settings, clock.GetUtcNow())),
            cancellationToken);
        await foreach (var audit in audits.ConfigureAwait(false))
        {
            progress.Advance(audit.SiteName);
            reporter.Verbose($"{audit.SiteName}: {audit.Status}. {string.Join(' ', audit.Findings.Select(static finding => finding.Seen))}".TrimEnd());
            yield return audit;
        }
    }
}
