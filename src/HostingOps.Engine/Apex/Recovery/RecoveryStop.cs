namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Why a recovery goes no further.</summary>
/// <param name="Outcome">How it ends.</param>
/// <param name="ErrorId">Id of the error.</param>
/// <param name="Reason">What happened.</param>
/// <param name="StaysOpen">Whether it can be resumed.</param>
internal sealed record RecoveryStop(ApexRecoveryOutcome Outcome, string ErrorId, string Reason, bool StaysOpen);
