namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What a redirector answered for one name.</summary>
/// <param name="Redirect">What was asked for.</param>
/// <param name="Passed">Whether it was the right redirect.</param>
/// <param name="IsHttpsOnly">Whether it was right over http, and wrong over https.</param>
/// <param name="Seen">What was wrong, in words; empty when nothing was.</param>
internal sealed record ApexRedirectAnswer(ApexRedirect Redirect, bool Passed, bool IsHttpsOnly, string Seen);
