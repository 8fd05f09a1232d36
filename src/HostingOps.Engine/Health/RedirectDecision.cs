namespace HostingOps.Engine.Health;

/// <summary>Where to go on, or what the refusal means.</summary>
/// <param name="Next">The URL to ask next, or null when the redirect is not followed.</param>
/// <param name="Status">The probe's status when it is not followed.</param>
/// <param name="Reason">Why it is not followed: one clause without a full stop.</param>
internal sealed record RedirectDecision(Uri? Next, SiteStatus Status, string Reason);
