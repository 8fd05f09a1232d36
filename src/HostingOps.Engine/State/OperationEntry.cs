namespace HostingOps.Engine.State;

/// <summary>One entry of an operation that has no sites.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Moment">The moment of the step.</param>
/// <param name="At">When it was written (UTC).</param>
/// <param name="Detail">One sentence, or null.</param>
/// <param name="DataJson">What a resume needs to know, as JSON, or null.</param>
internal sealed record OperationEntry(string Step, JournalMoment Moment, DateTimeOffset At, string? Detail, string? DataJson);
