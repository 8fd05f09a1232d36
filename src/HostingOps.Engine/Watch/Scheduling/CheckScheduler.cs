namespace HostingOps.Engine.Watch.Scheduling;

/// <summary>
/// Decides which check begins next: those that are due, in the order in which they became due, confirming ones first, never more
/// than the places under way at once. One queue for all targets; nothing runs for a target that is not due. Not safe for several threads.
/// </summary>
/// <typeparam name="T">What is checked.</typeparam>
/// <param name="places">Checks under way at once, at most.</param>
internal sealed class CheckScheduler<T>(int places)
{
    // So many confirming checks in a row, while a routine one waits: a great outage must not leave the other sites unwatched.
    private const int UrgentInARow = 3;

    private readonly PriorityQueue<(CheckTicket<T> Ticket, int Plan), TimeSpan> planned = new();
    private readonly Queue<(CheckTicket<T> Ticket, int Plan)> urgent = new();
    private readonly Queue<(CheckTicket<T> Ticket, int Plan)> routine = new();
    private int urgentBegun;

    /// <summary>Checks under way.</summary>
    public int UnderWay { get; private set; }

    /// <summary>Checks that are due and wait for a place.</summary>
    public int Waiting { get; private set; }

    /// <summary>When the next planned check becomes due, or null when none is planned that is not due already.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            while (planned.TryPeek(out var next, out var due))
            {
                if (next.Plan == next.Ticket.Plan)
                {
                    return due;
                }

                planned.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Plans a target's next check, in the place of the one planned before.</summary>
    public void Plan(CheckTicket<T> ticket, TimeSpan due, bool isUrgent)
    {
        Forget(ticket);
        ticket.Due = due;
        ticket.IsUrgent = isUrgent;
        planned.Enqueue((ticket, ticket.Plan), due);
    }

    /// <summary>Takes a target's planned check back.</summary>
    public void Forget(CheckTicket<T> ticket)
    {
        Waiting -= ticket.IsWaiting ? 1 : 0;
        ticket.IsWaiting = false;
        ticket.Due = null;
        ticket.Plan++;
    }

    /// <summary>Begins the next check that is due, if there is one and a place for it. The caller plans its target anew, and tells its end.</summary>
    /// <param name="now">Counted as the due times are.</param>
    /// <param name="ticket">Whose check begins.</param>
    /// <param name="due">When it was due.</param>
    public bool TryBegin(TimeSpan now, out CheckTicket<T> ticket, out TimeSpan due)
    {
        while (NextDue <= now)
        {
            var next = planned.Dequeue();
            (next.Ticket.IsUrgent ? urgent : routine).Enqueue(next);
            next.Ticket.IsWaiting = true;
            Waiting++;
        }

        Drop(urgent);
        Drop(routine);
        (ticket, due) = (null!, default);
        if (UnderWay >= places || Waiting == 0)
        {
            return false;
        }

        var turn = urgent.Count == 0 || (routine.Count > 0 && urgentBegun >= UrgentInARow) ? routine : urgent;
        urgentBegun = turn == urgent && routine.Count > 0 ? urgentBegun + 1 : 0;
        ticket = turn.Dequeue().Ticket;
        due = ticket.Due!.Value;
        Forget(ticket);
        UnderWay++;
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void End() => UnderWay--;

    private static void Drop(Queue<(CheckTicket<T> Ticket, int Plan)> queue)
    {
        while (queue.TryPeek(out var next) && next.Plan != next.Ticket.Plan)
        {
            queue.Dequeue();
        }
    }
}
