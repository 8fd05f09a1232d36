namespace HostingOps.Engine.Apex.Checks;

/// <summary>Which redirects a test follows. Pure.</summary>
internal static class RedirectRoute
{
    /// <summary>
    /// What is asked for next, or null at the end: when the target is reached, and when the redirect leaves the redirector's own
    /// names, goes round in a circle or has gone on for too long.
    /// </summary>
    public static RedirectLocation? Next(RedirectExpectation expected, IReadOnlyList<RedirectAnswer> answers) =>
        answers[^1].Next is { HasOwnPort: true } next
        && expected.Siblings.Contains(next.Host)
        && answers.Count < RedirectExpectation.MostHops
        && !IsCircle(answers, next)
            ? next
            : null;

    /// <summary>Whether that was asked for before.</summary>
    public static bool IsCircle(IReadOnlyList<RedirectAnswer> answers, RedirectLocation next) => answers.Any(answer => answer.Url == next);
}
