//! The lab tests: a real farm of daemons and kernel filters on this machine, in both entry modes.
//!
//! They need root. The program isolates itself first (see `evenkeel_lab::isolate`), so a run leaves
//! nothing behind, however it ends, and several can run at once. Trials run one at a time: each has
//! the machine's processors to itself.

mod acceptance;
mod alone;
mod boot;
mod busy;
mod checkers;
mod clean;
mod control;
mod custom;
mod datagrams;
mod denied;
mod draining;
mod entries;
mod expect;
mod farming;
mod faults;
mod flooded;
mod forced;
mod groups;
mod growing;
mod guests;
mod live;
mod log;
mod many;
mod mixed;
mod network;
mod nginx;
mod on_purpose;
mod openings;
mod overheard;
mod partition;
mod path_mtu;
mod readdressed;
mod recovery;
mod refusals;
mod regrouped;
mod resets;
mod reused;
mod rotation;
mod scripted;
mod seed;
mod sharing;
mod strangers;
mod transfers;
mod two_farms;
mod upgrading;
mod watch;
mod wire;
mod withdrawal;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use evenkeel_lab::farm::setup::Setup;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode};
use evenkeel_lab::isolate::{self, Place, World};
use evenkeel_lab::prerequisites;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    if let Err(missing) = prerequisites::check() {
        eprintln!("\n*** LAB TESTS SKIPPED: {missing} ***\n");
        return ExitCode::SUCCESS;
    }
    match isolate::enter() {
        Ok(Place::Outside(code)) => ExitCode::from(code),
        Ok(Place::Inside(world)) => {
            let mut args = Arguments::from_args();
            args.test_threads = Some(1);
            libtest_mimic::run(&args, trials(&world)).exit_code()
        }
        Err(error) => {
            eprintln!("\n*** LAB TESTS SKIPPED: {error:#} ***\n");
            ExitCode::SUCCESS
        }
    }
}

type Body = fn(&World, FarmOptions) -> Result<()>;

/// What is tried in each entry mode.
const IN_EACH_MODE: &[(&str, Body)] = &[
    (
        "f5_f6_the_addresses_answer_and_have_one_mac",
        acceptance::f5_f6_addresses,
    ),
    (
        "connections_are_shared_and_answered_once",
        sharing::shared_and_answered_once,
    ),
    (
        "ipv6_connections_are_shared_and_answered_once",
        sharing::shared_and_answered_once_v6,
    ),
    (
        "a_killed_daemon_is_replaced_and_comes_back",
        faults::killed_daemon,
    ),
    (
        "a_killed_daemon_is_replaced_in_ipv6_too",
        faults::killed_daemon_v6,
    ),
    (
        "a_cut_follower_is_replaced_and_comes_back",
        faults::cut_follower,
    ),
    (
        "a_cut_entry_node_is_replaced_and_comes_back",
        faults::cut_entry,
    ),
    (
        "a_node_is_stopped_and_started_through_the_api",
        control::stop_and_start,
    ),
    (
        "a_node_that_stops_waits_for_its_connections",
        draining::stop_waits,
    ),
    (
        "a_drained_node_keeps_its_connections_and_gets_no_new_ones",
        draining::drain_and_undrain,
    ),
    (
        "who_takes_a_port_again_while_buckets_move_is_answered",
        reused::in_handover,
    ),
    (
        "who_holds_a_port_used_before_keeps_it_while_buckets_move",
        reused::held_in_handover,
    ),
    (
        "a_node_is_stopped_by_force_whatever_it_is_at",
        forced::whatever_it_is_at,
    ),
    (
        "a_rolling_restart_disturbs_nobody_who_connects",
        draining::rolling_restart,
    ),
    (
        "f4_a_restart_on_one_node_disturbs_nobody",
        control::f4_restart,
    ),
    (
        "a_datagram_is_answered_by_its_owner_once",
        datagrams::answered_by_the_owner,
    ),
    (
        "every_fragment_of_a_datagram_reaches_one_node",
        datagrams::fragments,
    ),
    (
        "f8_each_side_of_a_cut_network_serves_its_clients",
        partition::f8_split,
    ),
    (
        "f8_both_sides_answer_clients_that_hear_both",
        partition::f8_heard_by_all,
    ),
    (
        "f8_the_smaller_side_serves_nobody_where_it_fences_itself",
        partition::f8_fenced,
    ),
    ("f9_a_ping_is_answered_once", datagrams::pings),
    (
        "a_packet_that_is_too_big_is_told_to_the_owner",
        path_mtu::told_to_the_owner,
    ),
    ("what_no_rule_names_gets_no_answer", denied::no_answer),
    ("groups_share_by_their_own_powers", groups::own_powers),
    (
        "a_node_whose_port_is_ill_serves_the_other_ports",
        withdrawal::one_port,
    ),
    (
        "a_module_whose_scripts_open_and_close_its_traffic",
        scripted::opened_and_closed,
    ),
    ("modules_do_not_disturb_each_other", groups::two_modules),
    (
        "every_client_of_a_dead_node_is_reset_and_nobody_else",
        resets::of_a_dead_node,
    ),
    (
        "powers_and_rules_change_and_nobody_notices",
        live::powers_and_rules,
    ),
    (
        "how_often_a_module_helps_itself_changes_while_it_serves",
        live::attributes,
    ),
    (
        "the_timing_and_the_lans_of_a_farm_change_and_nobody_notices",
        farming::timing_and_lans,
    ),
    (
        "groups_come_and_go_while_the_module_serves",
        regrouped::come_and_go,
    ),
    (
        "virtual_addresses_come_and_go_while_the_module_serves",
        readdressed::addresses,
    ),
    (
        "interfaces_come_and_go_while_the_module_serves",
        readdressed::interfaces,
    ),
    ("checks_come_and_go_while_the_module_serves", live::checks),
    ("connections_are_counted_where_they_are", live::connections),
    ("scripts_change_while_the_module_serves", live::scripts),
    (
        "daemons_go_over_to_the_installed_program_and_nobody_notices",
        upgrading::each_in_turn,
    ),
    (
        "a_program_that_cannot_go_on_with_a_node_is_refused",
        upgrading::refused,
    ),
    (
        "a_fourth_node_joins_and_leaves_and_nobody_notices",
        growing::fourth_node,
    ),
    (
        "a_lost_node_is_taken_out_and_comes_back_as_a_new_one",
        growing::lost_node,
    ),
    (
        "a_second_network_comes_and_goes_and_nobody_notices",
        growing::second_network,
    ),
    (
        "an_address_is_at_one_mac_while_entry_nodes_change",
        watch::one_mac_at_a_time,
    ),
    (
        "a_node_is_cut_off_and_frozen_through_the_api",
        on_purpose::cut_and_frozen,
    ),
    ("back_ends_work_together", mixed::back_ends),
    (
        "connections_opened_by_syn_cookies_survive_changes",
        openings::syn_cookies,
    ),
    (
        "connections_opened_with_data_survive_changes",
        openings::fast_open,
    ),
    (
        "farms_with_the_same_addresses_do_not_meet",
        two_farms::do_not_meet,
    ),
    (
        "faults_leave_one_answer_to_a_syn_and_no_gap",
        wire::every_fault,
    ),
    ("large_transfers_arrive_whole", transfers::arrive_whole),
    (
        "a_flood_of_syns_during_a_takeover_harms_nobody",
        flooded::during_a_takeover,
    ),
    (
        "a_flood_of_syns_over_ipv6_during_a_takeover_harms_nobody",
        flooded::during_a_takeover_v6,
    ),
];

/// The acceptance tests of the farm model for checkers.
const CHECKERS: &[(&str, Body)] = &[
    (
        "c1_a_missing_process_restarts_the_application",
        checkers::c1_process,
    ),
    (
        "c2_a_missing_process_starts_the_module_again",
        checkers::c2_process,
    ),
    (
        "c3_a_port_without_a_listener_restarts_the_application",
        checkers::c3_tcp,
    ),
    (
        "c4_a_port_without_a_listener_starts_the_module_again",
        checkers::c4_tcp,
    ),
    (
        "c5_c6_the_module_waits_for_an_external_service",
        checkers::c5_c6_external_service,
    ),
    (
        "c7_c8_a_node_without_its_cable_waits",
        checkers::c7_c8_cable,
    ),
    (
        "c9_a_node_whose_interface_is_disabled_waits",
        checkers::c9_disabled,
    ),
    (
        "c10_c11_the_module_waits_for_a_device_that_answers_pings",
        checkers::c10_c11_ping,
    ),
    (
        "c12_to_c14_the_module_waits_for_another_and_starts_again_with_it",
        checkers::c12_to_c14_module,
    ),
    (
        "c12_to_c14_the_other_module_is_on_another_node",
        checkers::c12_to_c14_elsewhere,
    ),
    (
        "c12_to_c14_the_other_node_is_asked_over_tls",
        checkers::c12_to_c14_secure,
    ),
    (
        "c15_c16_the_module_waits_by_a_checker_of_its_own",
        custom::c15_c16_wait,
    ),
    (
        "c17_the_module_waits_by_a_rule_of_its_own",
        custom::c17_rule,
    ),
    (
        "c18_a_checker_of_its_own_restarts_the_application",
        custom::c18_restart,
    ),
    (
        "c18_a_checker_of_its_own_starts_the_module_again",
        custom::c18_stopstart,
    ),
    (
        "c19_a_checker_acts_itself_and_is_counted_by_its_name",
        custom::c19_acts_itself,
    ),
];

/// What is tried once.
const ONCE: &[(&str, Body)] = &[
    (
        "f1_to_f3_f12_a_module_starts_everywhere_and_one_node_stops",
        acceptance::f1_to_f3_life,
    ),
    (
        "the_seed_with_nginx_is_up_split_and_stopped",
        seed::with_nginx,
    ),
    (
        "nginx_is_stopped_by_its_scripts_gracefully_and_by_force",
        |world, _| nginx::stopped_by_its_scripts(world),
    ),
    (
        "f7_every_node_has_its_share_and_the_last_one_everything",
        acceptance::f7_shares,
    ),
    (
        "directed::an_arp_rule_spreads_the_entry_nodes",
        entries::spread,
    ),
    (
        "directed::the_last_node_serves_on_while_nobody_speaks",
        alone::serves_on,
    ),
    ("what_cannot_be_is_refused_with_reasons", refusals::refused),
    ("the_secret_is_rotated_under_load", rotation::under_load),
    ("a_killed_lab_leaves_nothing_behind", |world, _| {
        clean::killed_lab(world)
    }),
    (
        "directed::sixteen_nodes_survive_the_loss_of_five",
        many::five_of_sixteen,
    ),
    (
        "directed::busy_cores_and_lost_frames_change_no_view",
        busy::no_view_changes,
    ),
    ("a_stranger_s_flood_changes_nothing", strangers::flood),
];

fn trials(world: &World) -> Vec<Trial> {
    let default = FarmOptions::default();
    let mut trials = vec![trial(
        world,
        "the_lab_itself_carries_connections",
        default,
        |world, _| network::carries_connections(world),
    )];
    for mode in Mode::ALL {
        let options = FarmOptions { mode, ..default };
        for (name, body) in IN_EACH_MODE {
            trials.push(trial(world, &format!("{mode}::{name}"), options, *body));
        }
    }
    let once = CHECKERS.iter().chain(ONCE).chain(&boot::TRIALS);
    for (name, body) in once.chain(&recovery::TRIALS) {
        trials.push(trial(world, name, default, *body));
    }
    trials
}

fn trial(world: &World, name: &str, options: FarmOptions, body: Body) -> Trial {
    let world = world.clone();
    Trial::test(name, move || {
        body(&world, options).map_err(|error| Failed::from(format!("{error:#}")))
    })
}

/// Runs a trial on a farm whose module is UP (Ready) everywhere.
fn on_farm(
    world: &World,
    options: FarmOptions,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        trial(farm).await
    })
}

/// Runs a trial on a farm whose usual module is as put together, and UP (Ready) everywhere.
fn on_set_up(
    world: &World,
    options: FarmOptions,
    setup: &Setup,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.set_up(MODULE, setup).await?;
        farm.start_module().await?;
        trial(farm).await
    })
}

/// Runs a trial on a farm of daemons without a module.
fn with_farm(
    world: &World,
    options: FarmOptions,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut farm = Farm::boot(&world.run_dir, options, |_doing| ()).await?;
        trial(&mut farm).await.map_err(|error| farm.explain(error))
    })
}

/// A measurement, for whoever reads the test's output.
fn tell(text: &str) {
    // A reader that is gone is no failure of the trial.
    let _unheard = writeln!(std::io::stderr(), "    {text}");
}
