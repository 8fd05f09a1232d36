using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Mirror;

namespace HostingOps.Cmdlets.Commands.Mirror;

/// <summary>Saves static mirrors of sites on this machine, and sends them to the sites' secondary hosts.</summary>
[Cmdlet(VerbsData.Save, "SiteMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MirrorSaveResult))]
public sealed class SaveSiteMirrorCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards; all sites that have a mirror in the inventory when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Sites under way at once, 1 to 64; of the sites on one host never more than one.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Make the generation current although it has far fewer pages or bytes than the last: the site was made smaller on purpose.</summary>
    [Parameter]
    public SwitchParameter AcceptLoss { get; set; }

    /// <summary>Keep the mirrors on this machine; do not send them to the secondary hosts.</summary>
    [Parameter]
    public SwitchParameter NoSend { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing() => RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
    {
        var options = new MirrorSaveOptions { ThrottleLimit = ThrottleLimit, AcceptLoss = AcceptLoss, Send = !NoSend, Named = request.Names is not null };
        var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
        if (await work.AskAsync(() => IsWhatIf).ConfigureAwait(false))
        {
            await foreach (var plan in workspace.PlanMirrorsAsync(sites, options, work.Token).ConfigureAwait(false))
            {
                var text = MirrorSaveText.Describe(plan);
                await work.AskAsync(() => ShouldProcess(text, text, MirrorSaveText.Caption)).ConfigureAwait(false);
            }

            return;
        }

        var agreed = new List<HostedSite>();
        foreach (var site in sites.Where(site => options.Named || site.Mirror is not null))
        {
            if (await work.AskAsync(() => Confirmed(() => ShouldProcess(MirrorSaveText.Describe(site, options.Send), MirrorSaveText.Describe(site, options.Send) + "\nDo it?", MirrorSaveText.Caption))).ConfigureAwait(false))
            {
                agreed.Add(site);
            }
        }

        await foreach (var result in workspace.SaveMirrorsAsync(agreed, options with { Named = true }, work.Token).ConfigureAwait(false))
        {
            await work.WriteAsync(result).ConfigureAwait(false);
            if (MirrorSaveText.ErrorOf(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        }
    });
}
