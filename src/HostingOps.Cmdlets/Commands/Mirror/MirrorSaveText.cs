using System.Globalization;
using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Commands.Mirror;

/// <summary>What saving a mirror says to people.</summary>
internal static class MirrorSaveText
{
    public const string Caption = "Save static mirrors of sites";

    /// <summary>The question.</summary>
    public static string Describe(HostedSite site, bool send) => send && site is { Mirror: not null, Secondary.Ssh: not null }
        ? $"Crawl {site.HostName} at {site.Primary.Name}, save its mirror on this machine and send it to {site.Secondary.Name}"
        : $"Crawl {site.HostName} at {site.Primary.Name} and save its mirror on this machine";

    /// <summary>What -WhatIf tells.</summary>
    public static string Describe(MirrorSavePlan plan)
    {
        if (plan.Problem is { } problem)
        {
            return $"Crawl {plan.SiteName} at {plan.HostName}: nothing can be saved now, for {problem}";
        }

        var known = plan.KnownPages + plan.KnownAssets == 0
            ? "nothing is saved yet"
            : string.Create(CultureInfo.InvariantCulture, $"{plan.KnownPages:N0} pages and {plan.KnownAssets:N0} other files are known from the last time");
        var listed = string.Create(CultureInfo.InvariantCulture, $"the sitemaps list {plan.ListedPages:N0} pages, {plan.NewPages:N0} of them new");
        var forbidden = plan.ForbiddenPages == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {plan.ForbiddenPages:N0} forbidden by robots.txt");
        var time = plan.ExpectedTime is { TotalSeconds: >= 1 } expected ? string.Create(CultureInfo.InvariantCulture, $", {DisplayText.Span(expected)} or more at the allowed rate") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Crawl {plan.SiteName} at {plan.HostName}: {known}; {listed}{forbidden}; at least {plan.ExpectedRequests:N0} {(plan.ExpectedRequests == 1 ? "request" : "requests")}{time}");
    }

    /// <summary>The error of a result, or null when its generation is current.</summary>
    public static HostingException? ErrorOf(MirrorSaveResult result) => result.Sent is { ErrorId: { } unsent } sent
        ? new HostingException(
            unsent,
            HostingErrorCategory.ExternalProgramFailed,
            result.SiteName,
            $"The mirror of '{result.SiteName}' was saved here and not sent to {sent.HostName}. {sent.Reason}",
            "What is current there was not touched. The next Save-SiteMirror sends it.")
        : result.ErrorId is not { } id ? null : new HostingException(
        id,
        id == ErrorIds.MirrorBusy ? HostingErrorCategory.Conflict : id == ErrorIds.MirrorNotCurrent ? HostingErrorCategory.VerificationFailed : HostingErrorCategory.Refused,
        result.SiteName,
        id == ErrorIds.MirrorNotCurrent ? $"The new mirror of '{result.SiteName}' did not become current. {result.Reason}" : result.Reason ?? $"The mirror of '{result.SiteName}' was not saved.",
        id == ErrorIds.MirrorNotCurrent ? "The mirror from before is what it was. Mend the site and run it again; where the site was made smaller on purpose, with -AcceptLoss." : null);
}
