namespace HostingOps.Engine.Dns.Audit.Asking;

/// <summary>
/// Remembers what was asked and what is being asked, so that the same is asked once. Forgets what was not wanted for a while:
/// of two generations, the older one goes when the younger is full. Safe for use from several threads.
/// </summary>
internal sealed class QuestionMemo<TKey, TAnswer>(int most)
    where TKey : notnull
{
    private readonly object gate = new();
    private Dictionary<TKey, Lazy<Task<TAnswer>>> young = [];
    private Dictionary<TKey, Lazy<Task<TAnswer>>> old = [];

    /// <summary>The answer to a question, asked now if nobody has.</summary>
    public Task<TAnswer> GetOrAsk(TKey key, Func<TKey, Task<TAnswer>> ask)
    {
        Lazy<Task<TAnswer>>? answer;
        lock (gate)
        {
            if (!young.TryGetValue(key, out answer))
            {
                if (!old.TryGetValue(key, out answer))
                {
                    answer = new Lazy<Task<TAnswer>>(() => ask(key));
                }

                if (young.Count >= most)
                {
                    (old, young) = (young, []);
                }

                young.Add(key, answer);
            }
        }

        // Outside the lock: the beginning of a question runs in its asker's own time.
        return answer.Value;
    }
}
