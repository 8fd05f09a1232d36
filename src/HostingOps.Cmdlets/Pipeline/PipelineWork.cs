namespace HostingOps.Cmdlets.Pipeline;

/// <summary>What work off the pipeline thread may ask of it. Safe for use from several threads.</summary>
internal sealed class PipelineWork
{
    private const int Open = 0;
    private const int Committed = 1;
    private const int GivenUp = 2;

    private readonly EmissionQueue queue;
    private readonly PowerShellReporter reporter;
    private int state;

    public PipelineWork(EmissionQueue queue, CancellationToken token, WarningsGiven? given = null)
    {
        this.queue = queue;
        Token = token;
        reporter = new PowerShellReporter(queue, TimeProvider.System, given);
    }

    /// <summary>Cancelled when the pipeline stops or no longer wants objects.</summary>
    public CancellationToken Token { get; }

    /// <summary>Progress, verbose and warning streams.</summary>
    public IOperationReporter Reporter => reporter;

    /// <summary>How far the activities under way have come by now.</summary>
    public IEnumerable<Emission> OpenProgress() => reporter.Open();

    /// <summary>
    /// From here on the world is being changed: only stopping the pipeline cuts the work off. A downstream command that has
    /// enough, or an error or warning that ends the pipeline, takes effect when the work is done.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipeline has ended already; nothing may be begun any more.</exception>
    public void Commit()
    {
        if (Interlocked.CompareExchange(ref state, Committed, Open) == GivenUp)
        {
            throw new OperationCanceledException("The pipeline has ended.");
        }
    }

    /// <summary>Gives the work up because nobody wants its objects any more; false when it is committed and goes on.</summary>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Open) != Committed;

    /// <summary>Gives an object to the next command, once there is room.</summary>
    public ValueTask WriteAsync(object value) => queue.PostWithRoomAsync(new OutputEmission(value), Token);

    /// <summary>Reports an error that does not end the command.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The object it is about, or null for the error's own target.</param>
    public ValueTask WriteErrorAsync(Exception error, object? target = null) =>
        queue.PostWithRoomAsync(new ErrorEmission(error, target), Token);

    /// <summary>Has the pipeline thread answer, for what only it may do, like ShouldProcess.</summary>
    public async Task<T> AskAsync<T>(Func<T> ask)
    {
        var question = new QuestionEmission<T>(ask);
        await queue.PostWithRoomAsync(question, Token).ConfigureAwait(false);
        return await question.Answer.ConfigureAwait(false);
    }
}
