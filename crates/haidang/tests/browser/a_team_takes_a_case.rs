//! An administrator makes a team and hands it a case; one of its members finds it in the team's part of the queue and takes it
//! on. The supervisor sees what each team has; the queue shows how urgent it is now, and how it came.

use crate::{
    faults,
    staff::{Device, Door, STORY, Staff, house_with_organisation, invite},
    telling::press,
};
use anyhow::{Result, ensure};
use serde_json::json;
use visitor::{Look, browser_wanted};

#[tokio::test]
async fn one_of_the_team_finds_it_and_takes_it_on() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", Door::Colleague, Look::DESKTOP).await?;
    lan.view("colleagues").await?;
    press(&lan.visitor, ".person-open:not([hidden])").await?;
    lan.visitor.until("the door is open", "return !document.querySelector('.person-open:not([hidden])')").await?;
    lan.view("office").await?;
    lan.visitor.until("it is filled in", "return document.getElementById('clock-now').value === '1'").await?;
    press(&lan.visitor, "#team-add").await?;
    lan.visitor.find(".team-name").await?.send_keys("Ca đêm").await?;
    let mais = "const l = [...document.querySelectorAll('.team-members label')].find(l => l.textContent === 'mai'); l.click(); return !!l";
    ensure!(lan.visitor.eval(mais).await? == true, "mai can be chosen");
    press(&lan.visitor, ".team button").await?;
    lan.visitor.until("all is sent", "return !document.querySelector('[aria-busy=true]')").await?;

    // More urgent than it came; then it goes to the team.
    Device::report(&house, &json!({"age": "25_59", "urgency": "soon"}), &[])?;
    lan.view("inbox").await?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    lan.does("#work [data-step=risk]").await?;
    for name in ["harm", "access", "obstacles", "ability", "all"] {
        lan.does(&format!("[name=risk-{name}][value=medium]")).await?;
    }
    lan.puts("risk-urgency", "today").await?;
    lan.goes("risk").await?;
    let both = "const row = document.querySelector('#inbox-list .row'); \
                return row?.dataset.urgency === 'today' && row.querySelector('.row-came').textContent.includes('Vài ngày')";
    lan.visitor.until("the row shows both", both).await?;
    lan.does("#work-ways [data-step=assign]").await?;
    let team = "const s = document.getElementById('assign-owner'); \
                const team = [...s.querySelectorAll('optgroup option')].find(o => o.textContent === 'Ca đêm'); \
                s.value = team?.value; return s.value.startsWith('team:')";
    lan.visitor.until("a team can be chosen", team).await?;
    lan.goes("assign").await?;
    lan.work_says("nhóm Ca đêm").await?;
    lan.view("team").await?;
    let load = "return document.querySelector('#team-loads tr')?.textContent === 'Ca đêm1110'";
    lan.visitor.until("the supervisor sees it: one member, one case, not taken on, nothing late", load).await?;

    // At her next sign-in she finds the team's part of the queue.
    mai.visitor.go(&house.url("/vi/desk")).await?;
    mai.sign_in(crate::staff::PASSPHRASE).await?;
    press(&mai.visitor, "#queue-parts [data-queue^='team:']").await?;
    mai.visitor.until("the team has it", "return document.querySelectorAll('#inbox-list li').length === 1").await?;
    mai.open_first().await?;
    mai.reads(STORY).await?;
    mai.does("#work-ways [data-step=accept]").await?;
    mai.work_says("phụ trách: mai (bạn) · nhóm Ca đêm").await?;
    ensure!(!mai.visitor.text().await?.contains("Giao cho nhóm"), "only whoever gives cases out hands them to teams");
    for staff in [&lan, &mai] {
        assert_eq!(faults(&staff.visitor).await?, Vec::<String>::new());
    }
    Ok(())
}
