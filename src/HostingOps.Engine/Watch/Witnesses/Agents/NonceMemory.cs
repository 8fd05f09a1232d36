namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>The nonces of questions that could still be sent again. Bounded: when it is full it takes no new one rather than forget one.</summary>
/// <param name="lifetime">How long a question's time stays acceptable.</param>
/// <param name="most">Nonces at most.</param>
/// <param name="time">The clock.</param>
internal sealed class NonceMemory(TimeSpan lifetime, int most, TimeProvider time)
{
    private readonly object gate = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, long Taken)> order = new();

    /// <summary>Whether it is new; null when there is no room to remember it.</summary>
    public bool? TryTake(string nonce)
    {
        lock (gate)
        {
            while (order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Taken) > lifetime)
            {
                known.Remove(order.Dequeue().Nonce);
            }

            if (known.Contains(nonce))
            {
                return false;
            }

            if (known.Count >= most)
            {
                return null;
            }

            known.Add(nonce);
            order.Enqueue((nonce, time.GetTimestamp()));
            return true;
        }
    }
}
