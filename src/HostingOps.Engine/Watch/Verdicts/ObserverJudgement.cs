namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>Whether failures may be believed at the moment.</summary>
/// <param name="IsInDoubt">Whether every failing observation is to be taken as Unclear.</param>
/// <param name="Reason">One sentence, either way.</param>
internal sealed record ObserverJudgement(bool IsInDoubt, string Reason);
