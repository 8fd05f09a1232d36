namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What a redirector answered for one name.</summary>
/// <param name="Redirect">What was asked for.</param>
/// <param name="Passed">Whether it was the right redirect.</param>
/// <param name="Seen">What came back, in words.</param>
internal sealed record ApexRedirectAnswer(ApexRedirect Redirect, bool Passed, string Seen);
