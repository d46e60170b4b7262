//! SYNs that are not accepted here, kept for a moment: see [`evenkeel_packet::keep`].

use aya_ebpf::bindings::__sk_buff;
use aya_ebpf::helpers::{bpf_ktime_get_coarse_ns, bpf_skb_load_bytes};
use evenkeel_packet::keep::{self, FRAME_MAX, Kept, NOT_WAITING, REPEATED, Syn, Tags, WAYS};

use crate::maps::{KEPT, KEPT_COUNT, KEPT_FRAMES, WAITING};

/// Keeps a SYN with its frame; one that is longer than any frame that is kept is not. A function of its
/// own: few packets come here.
#[inline(never)]
pub fn keep(skb: *mut __sk_buff, syn: &Syn) {
    // SAFETY: the context is valid for as long as the program runs.
    let len = unsafe { (*skb).len };
    if len == 0 || len > FRAME_MAX as u32 {
        return;
    }
    let set = keep::set(syn.sequence);
    // SAFETY: takes nothing, gives a number.
    let now = unsafe { bpf_ktime_get_coarse_ns() };
    // SAFETY: the set is one of the array's, for reading and writing below as well. Of two CPUs that
    // write there at once one SYN is kept, or one with the other's frame, which user space notices.
    let (known, tags) = unsafe {
        (
            (&raw mut KEPT).cast::<[Kept; WAYS]>().add(set),
            (&raw mut WAITING).cast::<Tags>().add(set),
        )
    };
    // SAFETY: see above.
    let keeping = unsafe { syn.keeping(&*known, *tags, now) };
    let way = keeping.way % WAYS;
    let Some(frame) = KEPT_FRAMES.get_ptr_mut((set * WAYS + way) as u32) else {
        return;
    };
    // SAFETY: see above.
    unsafe {
        let known = known.cast::<Kept>().add(way);
        let tag = tags.cast::<u16>().add(way);
        if keeping.is_repeated {
            (*known).flags |= REPEATED;
            return;
        }
        if keeping.crowds_out {
            count(keep::crowded_place((*known).module));
        }
        (&raw mut (*known).at_ns).write_volatile(0);
        if bpf_skb_load_bytes(skb.cast(), 0, frame.cast(), len) != 0 {
            return;
        }
        tag.write_volatile(keep::tag(syn.sequence));
        *known = syn.kept(0, len as u16);
        (&raw mut (*known).at_ns).write_volatile(now);
    }
    count(syn.module);
}

/// Notes that a client goes on that sends this number next, if its SYN is kept.
#[inline(always)]
pub fn went_on(sequence: u32) {
    let set = keep::set(sequence);
    // SAFETY: the set is one of the array's; one load, which any CPU may write to.
    let tags = unsafe { (&raw const WAITING).cast::<Tags>().add(set).read_volatile() };
    if keep::may_wait(tags, sequence) {
        answered(sequence);
    }
}

/// The same, looked at closely. A function of its own: few packets come here.
#[inline(never)]
fn answered(sequence: u32) {
    let set = keep::set(sequence);
    for way in 0..WAYS {
        // SAFETY: the set is one of the array's.
        unsafe {
            let known = (&raw const KEPT).cast::<Kept>().add(set * WAYS + way);
            if (*known).sequence == sequence {
                (&raw mut WAITING)
                    .cast::<u16>()
                    .add(set * WAYS + way)
                    .write_volatile(NOT_WAITING);
            }
        }
    }
}

fn count(place: u32) {
    if let Some(counter) = KEPT_COUNT.get_ptr_mut(place) {
        // SAFETY: this CPU's own counter.
        unsafe { *counter += 1 };
    }
}
