using System.Globalization;
using System.Text.RegularExpressions;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>What the answers of the redirector mean. Pure: the same observations give the same findings.</summary>
internal static partial class ApexRedirectRules
{
    private const int MostShown = 120;

    /// <summary>Judges the answers to one target.</summary>
    /// <param name="expected">What the inventory wants.</param>
    /// <param name="answers">The answers in order; the first is that of the name itself.</param>
    public static IEnumerable<ApexRedirectFinding> Judge(RedirectExpectation expected, IReadOnlyList<RedirectAnswer> answers)
    {
        foreach (var (answer, next) in answers.Zip(answers.Select(static answer => answer.Next)))
        {
            if (answer.Url.Scheme == "https" && next?.Scheme == "http")
            {
                yield return Failed(ApexRedirectFindingCode.Downgrade, $"{Show(answer.Url)} leads from https down to http, to {Show(next)}.");
            }
        }

        if (expected.InstanceId is { } wanted && answers.FirstOrDefault(answer => IsStranger(expected, answer)) is { } stranger)
        {
            yield return Failed(
                ApexRedirectFindingCode.OtherInstance,
                $"{Show(stranger.Url)} is answered by {Shorten(stranger.InstanceId ?? "one that does not name itself")} instead of {wanted}.");
        }

        foreach (var answer in answers.Where(answer => answer.Status is { } status && RedirectAnswer.IsRedirect(status) && status != expected.Status).Take(1))
        {
            yield return new(
                ApexRedirectFindingCode.WrongStatus,
                ApexRedirectOutcome.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{Show(answer.Url)} answers {answer.Status} where {expected.Status} is configured."));
        }

        foreach (var finding in JudgeEnd(expected, answers))
        {
            yield return finding;
        }
    }

    /// <summary>What the certificate of the name means.</summary>
    /// <param name="report">What TLS showed, or null over http.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<ApexRedirectFinding> JudgeCertificate(CertificateReport? report, HealthCheckPolicy policy, DateTimeOffset now)
    {
        if (report is null || policy.Certificate == CertificatePolicy.Ignore)
        {
            yield break;
        }

        if (report.Problem is { } problem)
        {
            yield return new(
                report.IsOutOfDate ? ApexRedirectFindingCode.CertificateOutOfDate
                    : report.IsForOtherName ? ApexRedirectFindingCode.CertificateOtherName
                    : ApexRedirectFindingCode.CertificateUntrusted,
                policy.Certificate == CertificatePolicy.Report ? ApexRedirectOutcome.Warning : ApexRedirectOutcome.Failed,
                Sentence(problem));
        }
        else if (report.NotAfter is { } end && end - now < TimeSpan.FromDays(policy.CertificateWarningDays))
        {
            yield return new(
                ApexRedirectFindingCode.CertificateExpiring,
                ApexRedirectOutcome.Warning,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The certificate expires on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC, within {policy.CertificateWarningDays} days."));
        }
    }

    /// <summary>The findings once each, the worst first.</summary>
    public static IReadOnlyList<ApexRedirectFinding> Order(IEnumerable<ApexRedirectFinding> findings) =>
        findings.DistinctBy(static finding => finding.Code).OrderBy(static finding => Rank(finding.Outcome)).ToList();

    /// <summary>The worst of the findings; Passed without any.</summary>
    public static ApexRedirectOutcome Worst(IEnumerable<ApexRedirectFinding> findings) =>
        findings.Select(static finding => finding.Outcome).OrderBy(Rank).FirstOrDefault(ApexRedirectOutcome.Passed);

    private static bool IsStranger(RedirectExpectation expected, RedirectAnswer answer) =>
        answer.Status is not null && (answer.InstanceId is { } other ? other != expected.InstanceId : expected.MustNameInstance);

    private static IEnumerable<ApexRedirectFinding> JudgeEnd(RedirectExpectation expected, IReadOnlyList<RedirectAnswer> answers)
    {
        var last = answers[^1];
        if (last.Failure is { } failure)
        {
            yield return new(CodeOf(last, failure), failure.Status == SiteStatus.Unknown ? ApexRedirectOutcome.Unknown : ApexRedirectOutcome.Failed, Sentence(failure.Reason));
            yield break;
        }

        var answered = string.Create(CultureInfo.InvariantCulture, $"{Show(last.Url)} answers {last.Status}");
        if (last.Status == 429)
        {
            yield return new(ApexRedirectFindingCode.Throttled, ApexRedirectOutcome.Unknown, $"{answered}: it limits this checker.");
            yield break;
        }

        if (!RedirectAnswer.IsRedirect(last.Status ?? 0))
        {
            var why = last.Status == 421 ? ": it takes the name for another than the certificate's" : $" instead of a redirect to {expected.Redirect.Target}";
            yield return Failed(ApexRedirectFindingCode.NotRedirected, $"{answered}{why}.");
            yield break;
        }

        if (last.Next is not { } next)
        {
            yield return Failed(
                ApexRedirectFindingCode.NoLocation,
                last.Location is { } text ? $"{answered} with a Location that is no http address: {Shorten(text)}." : $"{answered} without a Location.");
            yield break;
        }

        if (next.Host == expected.Redirect.Target && next.HasOwnPort)
        {
            foreach (var finding in JudgeTarget(last, next, answers))
            {
                yield return finding;
            }
        }
        else if (RedirectRoute.IsCircle(answers, next))
        {
            yield return Failed(ApexRedirectFindingCode.Loop, $"{Show(last.Url)} leads round in a circle, back to {Show(next)}.");
        }
        else if (answers.Count >= RedirectExpectation.MostHops)
        {
            yield return Failed(
                ApexRedirectFindingCode.TooManyHops,
                string.Create(CultureInfo.InvariantCulture, $"After {answers.Count} redirects the visitor is still not at {expected.Redirect.Target}, but sent to {Show(next)}."));
        }
        else
        {
            yield return Failed(ApexRedirectFindingCode.WrongTarget, $"{Show(last.Url)} leads to {Show(next)} instead of {expected.Redirect.Target}.");
        }
    }

    private static IEnumerable<ApexRedirectFinding> JudgeTarget(RedirectAnswer last, RedirectLocation next, IReadOnlyList<RedirectAnswer> answers)
    {
        if (next.Scheme != "https" && last.Url.Scheme != "https")
        {
            yield return Failed(ApexRedirectFindingCode.NotHttps, $"{Show(last.Url)} leads to {Show(next)}, which is http.");
        }

        var asked = answers[0].Url;
        if (Compare("path", asked.Path, next.Path) is { } path)
        {
            yield return new(ApexRedirectFindingCode.PathChanged, path.Outcome, path.Message);
        }

        if (Compare("query", asked.Query, next.Query) is { } query)
        {
            yield return new(ApexRedirectFindingCode.QueryChanged, query.Outcome, query.Message);
        }

        if (answers.Count > 1)
        {
            yield return new(
                ApexRedirectFindingCode.ExtraHops,
                ApexRedirectOutcome.Warning,
                string.Create(CultureInfo.InvariantCulture, $"It takes {answers.Count} redirects where one is enough: by way of {string.Join(", ", answers.Skip(1).Select(static answer => $"{answer.Url.Scheme}://{answer.Url.Host}"))}."));
        }
    }

    private static (ApexRedirectOutcome Outcome, string Message)? Compare(string part, string asked, string given)
    {
        if (asked == given)
        {
            return null;
        }

        // RFC 3986 §6.2.2.1: %2f and %2F are the same; and a question mark with nothing behind it asks for nothing.
        var harmless = UpperEscapes(asked) == UpperEscapes(given) || (asked == "?" && given.Length == 0);
        return (
            harmless ? ApexRedirectOutcome.Warning : ApexRedirectOutcome.Failed,
            given.Length == 0 || (given == "/" && asked != "/")
                ? $"The {part} {Shorten(asked)} is lost."
                : $"The {part} {Shorten(asked)} becomes {Shorten(given)}.");
    }

    private static ApexRedirectFindingCode CodeOf(RedirectAnswer last, ProbeFailure failure) => (failure.Phase, last.TimedOut) switch
    {
        (ProbePhase.None, _) => ApexRedirectFindingCode.NotTested,
        (_, true) => ApexRedirectFindingCode.Timeout,
        (ProbePhase.Resolve or ProbePhase.Connect, _) => ApexRedirectFindingCode.Unreachable,
        (ProbePhase.Tls, _) => ApexRedirectFindingCode.TlsFailed,
        _ when last.Closed => ApexRedirectFindingCode.Closed,
        _ => ApexRedirectFindingCode.NotHttp,
    };

    private static string UpperEscapes(string text) => Escape().Replace(text, static match => match.Value.ToUpperInvariant());

    [GeneratedRegex("%[0-9a-fA-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private static ApexRedirectFinding Failed(ApexRedirectFindingCode code, string message) => new(code, ApexRedirectOutcome.Failed, message);

    private static int Rank(ApexRedirectOutcome outcome) => outcome switch
    {
        ApexRedirectOutcome.Failed => 0,
        ApexRedirectOutcome.Unknown => 1,
        ApexRedirectOutcome.Warning => 2,
        _ => 3,
    };

    private static string Show(RedirectLocation url) => Shorten(url.ToString());

    /// <summary>A text of the far side, short enough for a message.</summary>
    public static string Shorten(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private static string Sentence(string clause) => clause.Length == 0 ? clause : char.ToUpperInvariant(clause[0]) + clause[1..] + ".";
}
