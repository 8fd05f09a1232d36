using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Switches failover of sites off, until a time or until it is switched on again.</summary>
[Cmdlet(VerbsLifecycle.Disable, "SiteFailover", SupportsShouldProcess = true)]
[OutputType(typeof(FailoverPause))]
public sealed class DisableSiteFailoverCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Why. Whoever is refused a failover reads it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>Until when. Not together with -Duration.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>For how long, for example 02:00:00. Not together with -Until.</summary>
    [Parameter]
    public TimeSpan? Duration { get; set; }

    /// <summary>Give the pauses.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var until = End(TimeProvider.System.GetUtcNow());
            foreach (var site in await request.SelectAsync(workspace, work).ConfigureAwait(false))
            {
                var confirmed = await work.AskAsync(() => Confirmed(() => ShouldProcess(site.Name, "Switch failover off"))).ConfigureAwait(false);
                if (!confirmed)
                {
                    continue;
                }

                var pause = workspace.Pause(site, Reason, until) with { InventoryPath = site.InventoryPath };
                if (PassThru)
                {
                    await work.WriteAsync(pause).ConfigureAwait(false);
                }
            }
        });
    }

    private DateTimeOffset? End(DateTimeOffset now)
    {
        if (Until is not null && Duration is not null)
        {
            throw Unfit(nameof(Duration), "-Until and -Duration were both given; only one of them can say when the pause ends.");
        }

        if (Duration is { } duration)
        {
            // PowerShell reads a bare number as 100-nanosecond ticks, which nobody means.
            return duration >= TimeSpan.FromSeconds(1)
                ? now + duration
                : throw Unfit(nameof(Duration), $"-Duration is {duration}; at least one second is needed, written like 02:00:00 for two hours.");
        }

        return Until is null || Until > now
            ? Until?.ToUniversalTime()
            : throw Unfit(nameof(Until), FormattableString.Invariant($"-Until is {Until:u}, which has passed; a time to come is needed."));
    }

    private static HostingException Unfit(string parameter, string message) =>
        new(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, parameter, message, "Say when it ends once: -Until <time to come>, or -Duration 02:00:00; without either it lasts until Enable-SiteFailover.");
}
