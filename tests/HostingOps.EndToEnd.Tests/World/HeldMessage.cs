namespace HostingOps.EndToEnd.Tests.World;

/// <summary>A request, or its answer, that a <see cref="GatedEndpoint"/> keeps back.</summary>
internal sealed class HeldMessage(string action, bool isAnswer)
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Action => action;

    public bool IsAnswer => isAnswer;

    public bool IsHere => arrived.Task.IsCompleted;

    /// <summary>Lets it go on; the first line of what the endpoint answers.</summary>
    public async Task<string> ReleaseAsync()
    {
        released.TrySetResult();
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        arrived.TrySetResult();
        await released.Task.WaitAsync(cancellationToken);
    }

    public void Answered(string firstLine) => answered.TrySetResult(firstLine);
}
